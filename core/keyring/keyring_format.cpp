// SPDX-License-Identifier: Apache-2.0
#include "keyring/keyring_format.h"

#include <string_view>

namespace sotto::keyring {

namespace {

constexpr std::string_view kMagic = "SOTTOKEY";
constexpr std::size_t kMacSize = 32;
constexpr std::size_t kTrailerSize = kMacSize + 32;
constexpr std::size_t kLeastSize = 8 + 2 + kTrailerSize;

Failure damaged(const char* what) {
    return fail(ErrorCode::Damaged, std::string("the keyring is damaged: ") + what + "; bring back a copy of the file");
}

void writeGrants(ByteWriter& writer, const std::vector<Grant>& grants) {
    writer.u16(static_cast<std::uint16_t>(grants.size()));
    for (const Grant& grant : grants) {
        writer.raw(grant.person.raw());
        writer.block(grant.wrapped);
    }
}

void writePerson(ByteWriter& writer, const PersonRecord& person) {
    writer.raw(person.id.raw());
    writer.u32(person.cost.memoryKiB);
    writer.u32(person.cost.passes);
    writer.raw(person.salt);
    writer.raw(person.recipient);
    writer.raw(person.sealed);
    writer.u8(person.nameHint);
}

void writeCompartment(ByteWriter& writer, const CompartmentRecord& compartment) {
    writer.u8(compartment.number);
    writer.u16(static_cast<std::uint16_t>(compartment.epochs.size()));
    for (const EpochRecord& epoch : compartment.epochs) {
        writer.u32(epoch.number);
        writer.raw(epoch.recipient);
        writeGrants(writer, epoch.grants);
    }
}

/// A count of at most `limit`, or 0 and `bounded` false.
std::size_t readCount(ByteReader& reader, std::size_t limit, bool& bounded) {
    const std::size_t count = reader.u16();
    if (count <= limit) return count;
    bounded = false;
    return 0;
}

std::vector<Grant> readGrants(ByteReader& reader, bool& ordered) {
    std::vector<Grant> grants;
    const std::size_t count = readCount(reader, kMaxPersons, ordered);
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        Grant grant;
        grant.person = PersonId(reader.array<16>());
        const ByteView wrapped = reader.block(kMaxWrapped);
        grant.wrapped.assign(wrapped.begin(), wrapped.end());
        ordered = ordered && (grants.empty() || grants.back().person < grant.person);
        grants.push_back(std::move(grant));
    }
    return grants;
}

void readPersons(ByteReader& reader, KeyringFile& file, bool& ordered) {
    const std::size_t count = readCount(reader, kMaxPersons, ordered);
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        PersonRecord person;
        person.id = PersonId(reader.array<16>());
        person.cost.memoryKiB = reader.u32();
        person.cost.passes = reader.u32();
        person.salt = reader.array<kSaltSize>();
        person.recipient = reader.array<32>();
        person.sealed = reader.array<kSealedSize>();
        if (file.version > 1) person.nameHint = reader.u8();
        ordered = ordered && (file.persons.empty() || file.persons.back().id < person.id);
        file.persons.push_back(person);
    }
}

void readCompartments(ByteReader& reader, KeyringFile& file, bool& ordered) {
    const std::size_t count = reader.u8();
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        CompartmentRecord compartment;
        compartment.number = reader.u8();
        const std::size_t epochs = readCount(reader, kMaxEpochs, ordered);
        for (std::size_t j = 0; j < epochs && !reader.failed(); ++j) {
            EpochRecord epoch;
            epoch.number = reader.u32();
            epoch.recipient = reader.array<32>();
            epoch.grants = readGrants(reader, ordered);
            ordered = ordered && (compartment.epochs.empty() || compartment.epochs.back().number < epoch.number);
            compartment.epochs.push_back(std::move(epoch));
        }
        ordered = ordered && !compartment.epochs.empty() &&
                  (file.compartments.empty() || file.compartments.back().number < compartment.number);
        file.compartments.push_back(std::move(compartment));
    }
}

void readAnchors(ByteReader& reader, KeyringFile& file, bool& ordered) {
    const std::size_t count = readCount(reader, kMaxAnchors, ordered);
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        const FileId log(reader.array<16>());
        ordered = ordered && (file.anchors.empty() || file.anchors.rbegin()->first < log);
        sealedlog::Anchor& anchor = file.anchors[log];
        anchor.sequence = reader.u64();
        anchor.tag = reader.array<16>();
    }
}

}  // namespace

Bytes personAssociatedData(const HomeId& home, const PersonRecord& person) {
    ByteWriter writer;
    writer.raw(home.raw());
    writer.raw(person.id.raw());
    writer.u32(person.cost.memoryKiB);
    writer.u32(person.cost.passes);
    writer.raw(person.salt);
    writer.raw(person.recipient);
    return writer.take();
}

Bytes encode(const KeyringFile& file, const crypto::SecureBytes& macKey) {
    ByteWriter writer;
    writer.raw(viewOf(kMagic));
    writer.u16(kFormatVersion);
    writer.u64(file.generation);
    writer.raw(file.home.raw());
    writer.raw(file.deviceKey);
    writeGrants(writer, file.deviceGrants);
    writer.u16(static_cast<std::uint16_t>(file.persons.size()));
    for (const PersonRecord& person : file.persons)
        writePerson(writer, person);
    writer.u8(static_cast<std::uint8_t>(file.compartments.size()));
    for (const CompartmentRecord& compartment : file.compartments)
        writeCompartment(writer, compartment);
    writer.block(file.directory);
    writer.u16(static_cast<std::uint16_t>(file.anchors.size()));
    for (const auto& [log, anchor] : file.anchors) {
        writer.raw(log.raw());
        writer.u64(anchor.sequence);
        writer.raw(anchor.tag);
    }
    writer.raw(crypto::mac256(macKey.view(), writer.view()));
    writer.raw(crypto::sha256(writer.view()));
    return writer.take();
}

Result<KeyringFile> decode(ByteView bytes) {
    if (bytes.size() < kLeastSize) return damaged("it is too short");
    const ByteView checked = bytes.first(bytes.size() - 32);
    const crypto::Sha256Digest sum = crypto::sha256(checked);
    if (!std::equal(sum.begin(), sum.end(), bytes.last(32).begin())) return damaged("its checksum does not fit");
    ByteReader reader(checked.first(checked.size() - kMacSize));
    const ByteView magic = reader.raw(kMagic.size());
    if (!std::equal(magic.begin(), magic.end(), viewOf(kMagic).begin())) return damaged("it is not a keyring");
    const std::uint16_t version = reader.u16();
    if (version > kFormatVersion) {
        return fail(ErrorCode::NewerVersion, "the keyring was written by a newer Sotto; use that one");
    }
    if (version == 0) return damaged("there was never such a version");
    KeyringFile file;
    file.version = version;
    bool ordered = true;  // also: every count within its bound
    file.generation = reader.u64();
    file.home = HomeId(reader.array<16>());
    file.deviceKey = reader.array<32>();
    file.deviceGrants = readGrants(reader, ordered);
    readPersons(reader, file, ordered);
    readCompartments(reader, file, ordered);
    if (version > 1) {
        const ByteView directory = reader.block(kMaxDirectory);
        file.directory.assign(directory.begin(), directory.end());
    }
    readAnchors(reader, file, ordered);
    if (!reader.finished() || !ordered) return damaged("its parts do not fit together");
    return file;
}

bool macFits(ByteView bytes, const crypto::SecureBytes& macKey) {
    const ByteView covered = bytes.first(bytes.size() - kTrailerSize);
    const crypto::Mac256 mac = crypto::mac256(macKey.view(), covered);
    return crypto::equalConstantTime(mac, bytes.subspan(covered.size(), kMacSize));
}

}  // namespace sotto::keyring
