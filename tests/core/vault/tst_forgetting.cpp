// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <set>

#include <QTest>

#include "core/vault/compaction_fixture.h"
#include "vault/compaction.h"
#include "vault/settings.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

namespace {

constexpr std::string_view kCanary = "kanarienvogel";

bool holdsCanary(const Bytes& content) {
    const ByteView needle = viewOf(kCanary);
    return std::search(content.begin(), content.end(), needle.begin(), needle.end()) != content.end();
}

/// Whether the word is in a decrypted record of the vault's log; nothing if the log can't be read.
std::optional<bool> logHoldsCanary(VaultHome& home) {
    const auto log = sealedlog::LogReader::open(home.files, kVaultFile, {&home.identity, 1});
    if (!log) return std::nullopt;
    for (const auto& record : log->records()) {
        const auto body = log->read(record);
        if (!body) return std::nullopt;
        if (holdsCanary(*body)) return true;
    }
    return false;
}

QString canarySentence() {
    return QStringLiteral("a %1 sings").arg(QString::fromLatin1(kCanary.data(), qsizetype(kCanary.size())));
}

}  // namespace

/// What was deleted is nowhere once the vault was compacted.
class TestForgetting : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aDeletedWordIsNowhereAfterwards_data();
    void aDeletedWordIsNowhereAfterwards();
    void eachStepAloneWouldNotDo();
    void randomDiariesForgetJustWhatWasDeleted();

private:
    Result<sealedlog::Rewritten> compact() {
        const auto recipient = m_home->identity.recipient();
        return m_vault->compact({&recipient, 1}, {&m_home->identity, 1});
    }

    std::unique_ptr<VaultHome> m_home;
    std::unique_ptr<Vault> m_vault;
};

void TestForgetting::init() {
    m_home = std::make_unique<VaultHome>();
    m_home->schemas.push_back(diarySchema());
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = *std::move(vault);
}

void TestForgetting::cleanup() {
    m_vault.reset();
    m_home.reset();
}

void TestForgetting::aDeletedWordIsNowhereAfterwards_data() {
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("between");
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("inOne");
    QTest::addRow("alone") << 0 << 0 << 0 << false;
    QTest::addRow("alone in one transaction") << 0 << 0 << 0 << true;
    QTest::addRow("the first of few") << 0 << 3 << 3 << false;
    QTest::addRow("the last of few") << 3 << 0 << 0 << false;
    QTest::addRow("in one transaction among others") << 20 << 5 << 20 << true;
    QTest::addRow("among many, erased at once") << 300 << 0 << 300 << false;
    QTest::addRow("among many, erased late") << 300 << 300 << 2 << false;
}

void TestForgetting::aDeletedWordIsNowhereAfterwards() {
    QFETCH(int, before);
    QFETCH(int, between);
    QFETCH(int, after);
    QFETCH(bool, inOne);
    VERIFY_OK(writeOthers(*m_vault, 0, before));
    std::optional<Transaction> transaction;
    if (inOne) transaction.emplace(std::move(*Transaction::begin(*m_vault)));
    VERIFY_OK(write(*m_vault, canarySentence()));
    VERIFY_OK(writeOthers(*m_vault, before, between));
    VERIFY_OK(erase(*m_vault, canarySentence()));
    if (transaction) VERIFY_OK(transaction->commit());
    transaction.reset();
    VERIFY_OK(writeOthers(*m_vault, before + between, after));
    // Deleted it is, and no query finds it; but it is still there.
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM note WHERE body LIKE '%vogel%'"), 0);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM note_search WHERE note_search MATCH 'kanarienvogel'"), 0);
    QVERIFY(logHoldsCanary(*m_home).value());
    const QString content = dump(*m_vault);
    VERIFY_OK(compact());
    QVERIFY(!holdsCanary(m_vault->plainImage()));
    QCOMPARE(logHoldsCanary(*m_home), std::optional<bool>(false));
    QCOMPARE(dump(*m_vault), content);
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    QVERIFY(!holdsCanary((*again)->plainImage()));
    QCOMPARE(dump(**again), content);
}

void TestForgetting::eachStepAloneWouldNotDo() {
    VERIFY_OK(writeOthers(*m_vault, 0, 50));
    VERIFY_OK(write(*m_vault, canarySentence()));
    VERIFY_OK(writeOthers(*m_vault, 50, 50));
    VERIFY_OK(erase(*m_vault, canarySentence()));
    QVERIFY(holdsCanary(m_vault->plainImage()));  // deleting marks the word in the search index
    VERIFY_OK(runVacuum(*m_vault, Peek::handle(*m_vault)));
    QVERIFY(holdsCanary(m_vault->plainImage()));  // VACUUM copies what is marked
    VERIFY_OK(optimizeSearch(*m_vault));
    VERIFY_OK(runVacuum(*m_vault, Peek::handle(*m_vault)));
    QVERIFY(!holdsCanary(m_vault->plainImage()));
    QVERIFY(logHoldsCanary(*m_home).value());  // but the log knows every former state
    VERIFY_OK(compact());
    QCOMPARE(logHoldsCanary(*m_home), std::optional<bool>(false));
}

void TestForgetting::randomDiariesForgetJustWhatWasDeleted() {
    int deleted = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        VaultHome home;
        home.schemas = {Schema{"diary", {"CREATE VIRTUAL TABLE diary USING fts5(text, prefix='2 3')"}}};
        auto vault = home.create();
        VERIFY_OK(vault);
        std::set<QString> kept;
        std::set<QString> gone;
        const auto randomWord = [&random] { return QString::number(random(), 36) + QString::number(random(), 36); };
        const std::size_t steps = 1 + random() % 120;
        for (std::size_t i = 0; i < steps; ++i) {
            auto transaction = Transaction::begin(**vault);
            VERIFY_OK(transaction);
            for (std::size_t j = 1 + random() % 4; j > 0; --j) {
                const QString text = QStringLiteral("word") + randomWord();
                VERIFY_OK((*vault)->prepare("INSERT INTO diary (text) VALUES (?)")->bind(1, text).run());
                kept.insert(text);
            }
            while (!kept.empty() && random() % 2 == 0) {
                const QString text = *std::next(kept.begin(), static_cast<std::ptrdiff_t>(random() % kept.size()));
                VERIFY_OK((*vault)->prepare("DELETE FROM diary WHERE text = ?")->bind(1, text).run());
                kept.erase(text);
                gone.insert(text);
            }
            VERIFY_OK(transaction->commit());
        }
        const auto recipient = home.identity.recipient();
        VERIFY_OK((*vault)->compact({&recipient, 1}, {&home.identity, 1}));
        const QByteArray image = byteArrayOf((*vault)->plainImage());
        for (const QString& text : gone) {
            // The index stores what a word has in common with the one before only once: its end is telling enough.
            QVERIFY2(!image.contains(text.mid(8).toLatin1()), qPrintable(QString::number(seed)));
        }
        for (const QString& text : kept) {
            auto query = (*vault)->prepare("SELECT count(*) FROM diary WHERE diary MATCH ?");
            QVERIFY(query->bind(1, text).step().value());
            QCOMPARE(query->integer(0), 1);
        }
        deleted += static_cast<int>(gone.size());
    }
    QVERIFY2(deleted > 1000, qPrintable(QString::number(deleted)));
}

QTEST_GUILESS_MAIN(TestForgetting)
#include "tst_forgetting.moc"
