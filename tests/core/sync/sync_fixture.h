// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "core/package/package_fixture.h"
#include "support/fake_clock.h"
#include "sync/lab_desk.h"
#include "sync/outbox.h"

namespace sotto::test {

/// A store in memory that can be told to break off.
class MemoryStore final : public sync::Store {
public:
    Result<std::vector<Object>> list() override {
        std::vector<Object> all;
        for (const auto& [name, content] : objects) {
            all.push_back({name, content.size()});
        }
        return all;
    }
    Result<> put(const QString& name, ByteView content) override {
        if (failPutAfter == 0) return fail(ErrorCode::NoSpace, "the store is full");
        if (failPutAfter > 0) --failPutAfter;
        if (objects.count(name) != 0) return fail(ErrorCode::AlreadyExists, "taken");
        ++puts;
        objects[name] = Bytes(content.begin(), content.end());
        return {};
    }
    Result<Bytes> get(const QString& name, std::uint64_t limit) override {
        const auto found = objects.find(name);
        if (found == objects.end()) return fail(ErrorCode::NotFound, "not there");
        if (found->second.size() > limit) return fail(ErrorCode::ParseFailed, "too large");
        return found->second;
    }
    Result<> remove(const QString& name) override {
        if (objects.erase(name) == 0) return fail(ErrorCode::NotFound, "not there");
        return {};
    }
    std::map<QString, Bytes> objects;
    int puts = 0;
    int failPutAfter = -1;  ///< -1: never
};

/// A tablet: a disk, an outbox vault, a device key, and sealed packages.
class Tablet {
public:
    Tablet() {
        SOTTO_CHECK(files.createDirectories("/home/outbox").has_value());
        const auto recipients = m_vaultKey.recipients();
        const std::vector schemas{sync::Outbox::schema()};
        auto made = vault::Vault::create(files, kVault, sealedlog::Kind::Outbox, recipients, schemas);
        if (!made) qFatal("%s", made.error().context.c_str());
        vault = *std::move(made);
        outbox = std::make_unique<sync::Outbox>(*vault, files, "/home/outbox");
    }
    /// After a crash: the vault is opened anew.
    [[nodiscard]] Result<> reopen() {
        outbox.reset();
        vault.reset();
        const std::vector schemas{sync::Outbox::schema()};
        SOTTO_ASSIGN(vault, vault::Vault::open(files, kVault, m_vaultKey.identities, schemas));
        outbox = std::make_unique<sync::Outbox>(*vault, files, "/home/outbox");
        return {};
    }
    /// The facts that manifest.json of a genuine content package states.
    [[nodiscard]] QByteArray facts(const SessionId& session, bool practice) const {
        return QStringLiteral("{\"kind\":\"content\",\"session\":\"%1\",\"practice\":%2,\"device\":\"%3\"}")
            .arg(session.toString(), practice ? QStringLiteral("true") : QStringLiteral("false"),
                 QString::fromStdString(toHex(device.verifyKey())))
            .toUtf8();
    }
    /// Seals `bytes` of content for the custodian; not queued.
    [[nodiscard]] Result<sync::OutboxItem> seal(const std::vector<crypto::age::Recipient>& custodian, int bytes,
                                                std::uint64_t sequence, bool practice = false,
                                                SessionId session = SessionId::random()) {
        sync::OutboxItem item;
        item.id = PackageId::random();
        item.session = session;
        SOTTO_TRY(sealAs(item, custodian, bytes, sequence, practice, facts(session, practice)));
        return item;
    }
    /// Fills in the rest of `item`, whose manifest.json inside may say something else than the signed one outside.
    [[nodiscard]] Result<> sealAs(sync::OutboxItem& item, const std::vector<crypto::age::Recipient>& custodian,
                                  int bytes, std::uint64_t sequence, bool practice, const QByteArray& inside) {
        const std::vector<package::PackageFile> content{{QStringLiteral("manifest.json"), inside},
                                                        {QStringLiteral("a.bin"), QByteArray(bytes, 'c')}};
        SOTTO_ASSIGN(const auto sealed, package::sealFiles(files, outbox->fileOf(item.id), custodian, content));
        item.size = sealed.size;
        item.sha256 = sealed.sha256;
        package::Manifest manifest{item.id,  item.session, item.kind,     practice,     device.verifyKey(),
                                   sequence, sealed.size,  sealed.sha256, sealed.parts, {}};
        item.signedManifest = package::signManifest(manifest, device);
        return {};
    }
    [[nodiscard]] Result<sync::OutboxItem> queue(const std::vector<crypto::age::Recipient>& custodian, int bytes,
                                                 std::uint64_t sequence, bool practice = false) {
        SOTTO_ASSIGN(const auto item, seal(custodian, bytes, sequence, practice));
        SOTTO_TRY(outbox->add(item));
        return item;
    }

    FaultFileSystem files;
    crypto::SigningKey device = crypto::SigningKey::generate();
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<sync::Outbox> outbox;

private:
    inline static const Path kVault = "/home/outbox.vault";
    KeyPair m_vaultKey;
};

}  // namespace sotto::test
