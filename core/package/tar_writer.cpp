// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <archive.h>
#include <archive_entry.h>

#include "package/tar.h"
#include "package/tree.h"

namespace sotto::package {

namespace {

constexpr int kBlock = 64 * 1024;

struct ArchiveFree {
    void operator()(archive* handle) const { archive_write_free(handle); }
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

Result<> checkName(const QString& name) {
    const QByteArray bytes = name.toUtf8();
    const bool ascii =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
    const auto normal = normalisedName({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!ascii || !normal || normal->empty() || QByteArray::fromStdString(*normal) != bytes) {
        return fail(ErrorCode::InvalidArgument, "not a name for a file in a package");
    }
    return {};
}

}  // namespace

struct TarWriter::State {
    ByteSink sink;
    std::optional<Error> sinkError;  ///< libarchive only hears "failed"; the reason waits here
    // Last, so that it goes first: freeing may still call the sink.
    std::unique_ptr<archive, ArchiveFree> handle;

    Result<> take(long status) {
        if (status >= ARCHIVE_WARN) return {};
        if (sinkError) return Failure(*sinkError);
        const char* text = archive_error_string(handle.get());
        return fail(ErrorCode::IoFailed, std::string("cannot write the tar stream: ") + (text ? text : "unknown"));
    }

    static la_ssize_t write(archive*, void* self, const void* data, std::size_t size) {
        auto* state = static_cast<State*>(self);
        if (state->sinkError) return -1;
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        if (Result<> done = state->sink({bytes, size}); !done) {
            state->sinkError = std::move(done).error();
            return -1;
        }
        return static_cast<la_ssize_t>(size);
    }
};

TarWriter::TarWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
TarWriter::TarWriter(TarWriter&&) noexcept = default;
TarWriter& TarWriter::operator=(TarWriter&&) noexcept = default;

TarWriter::~TarWriter() {
    // Given up before finish(): libarchive closes on freeing, and what it would write must not reach the sink.
    if (m_state && m_state->handle) archive_write_fail(m_state->handle.get());
}

Result<TarWriter> TarWriter::start(ByteSink sink) {
    auto state = std::make_unique<State>();
    state->sink = std::move(sink);
    state->handle.reset(archive_write_new());
    archive* handle = state->handle.get();
    if (!handle) return fail(ErrorCode::IoFailed, "no memory for a tar stream");
    SOTTO_TRY(state->take(archive_write_set_format_pax_restricted(handle)));
    SOTTO_TRY(state->take(archive_write_add_filter_none(handle)));
    SOTTO_TRY(state->take(archive_write_set_bytes_per_block(handle, kBlock)));
    // No padding of the last block: an age package should not carry 64 KiB of zeros for a consent form.
    SOTTO_TRY(state->take(archive_write_set_bytes_in_last_block(handle, 1)));
    SOTTO_TRY(state->take(archive_write_open2(handle, state.get(), nullptr, &State::write, nullptr, nullptr)));
    return TarWriter(std::move(state));
}

Result<> TarWriter::add(const QString& name, ByteView content) {
    return addStream(name, content.size(), [content](const ByteSink& sink) { return sink(content); });
}

Result<> TarWriter::addStream(const QString& name, std::uint64_t size,
                              const std::function<Result<>(const ByteSink&)>& produce) {
    SOTTO_TRY(checkName(name));
    if (size > kMaxTarFileSize) return fail(ErrorCode::InvalidArgument, "a file is too large for a package");
    const std::unique_ptr<archive_entry, ArchiveFree> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.toUtf8().constData());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_uid(entry.get(), 0);
    archive_entry_set_gid(entry.get(), 0);
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive* handle = m_state->handle.get();
    SOTTO_TRY(m_state->take(archive_write_header(handle, entry.get())));
    std::uint64_t written = 0;
    SOTTO_TRY(produce([&](ByteView bytes) -> Result<> {
        if (bytes.size() > size - written) return fail(ErrorCode::InvalidArgument, "a file grew while it was packed");
        while (!bytes.empty()) {
            const la_ssize_t count = archive_write_data(handle, bytes.data(), bytes.size());
            if (count <= 0) return m_state->take(ARCHIVE_FATAL);
            written += static_cast<std::uint64_t>(count);
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }));
    if (written != size) return fail(ErrorCode::InvalidArgument, "a file shrank while it was packed");
    return m_state->take(archive_write_finish_entry(handle));
}

Result<> TarWriter::finish() {
    SOTTO_TRY(m_state->take(archive_write_close(m_state->handle.get())));
    if (m_state->sinkError) return Failure(*m_state->sinkError);
    return {};
}

}  // namespace sotto::package
