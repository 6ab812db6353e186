// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

/// Words that occur nowhere else, with letters outside ASCII so that escaped forms differ from plain ones.
const QString kName = QStringLiteral("Zébulon Quarzkühn");
const QString kPartner = QStringLiteral("Ypsilanté Wombatœuf");
const QString kNote = QStringLiteral("elle fredonne gnomonique-açaï");
const QString kMark = QStringLiteral("virevolte-brûlée-xylophage");

constexpr qsizetype kShortest = 8;  ///< bytes; a needle that is shorter could turn up by chance

QByteArray utf16(const QString& text, bool littleEndian) {
    QByteArray bytes;
    for (const QChar unit : text) {
        const QByteArray pair{QByteArray(1, static_cast<char>(unit.cell())) + static_cast<char>(unit.row())};
        bytes += littleEndian ? pair : QByteArray{QByteArray(1, pair[1]) + pair[0]};
    }
    return bytes;
}

/// The base64 of some bytes inside a longer text, for each of the three ways in which they may fall on it.
QList<QByteArray> base64Forms(const QByteArray& bytes) {
    QList<QByteArray> forms;
    for (int shift = 0; shift < 3; ++shift) {
        const QByteArray text = (QByteArray(shift, 'x') + bytes).toBase64(QByteArray::OmitTrailingEquals);
        // The first and the last group also hold bits of the neighbours.
        forms += text.mid(shift == 0 ? 0 : 4).chopped(4);
    }
    return forms;
}

QByteArray jsonEscaped(const QString& text) {
    QByteArray escaped;
    for (const QChar unit : text) {
        escaped += unit.unicode() < 128 ? QByteArray(1, unit.toLatin1())
                                        : "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    }
    return escaped;
}

QList<QByteArray> formsOf(const QByteArray& bytes) {
    return QList<QByteArray>{bytes, bytes.toHex(), bytes.toHex().toUpper(), bytes.toPercentEncoding()} +
           base64Forms(bytes);
}

/// A name in every form in which a program could leave it lying about. Its words are looked for one by one.
QList<QByteArray> formsOf(const QString& text) {
    QList<QByteArray> forms;
    for (const QString& word : text.split(u' ')) {
        if (word.toUtf8().size() < kShortest) continue;
        forms += formsOf(word.toUtf8());
        forms += {utf16(word, true), utf16(word, false), jsonEscaped(word), word.toLatin1()};
    }
    return forms;
}

QList<QByteArray> allForms() {
    return formsOf(kName) + formsOf(kPartner) + formsOf(kNote) + formsOf(kMark);
}

/// Pieces of a long run of bytes, enough to notice any part of it of 100 bytes or so.
QList<QByteArray> piecesOf(const QByteArray& bytes, qsizetype size, qsizetype step) {
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at + size <= bytes.size(); at += step) {
        const QByteArray piece = bytes.mid(at, size);
        if (piece.count(piece[0]) < size / 2) pieces += piece;  // no runs of one value
    }
    return pieces;
}

/// The files below `folders` in which one of the needles occurs.
QStringList filesWith(const QList<QByteArray>& needles, const QStringList& folders) {
    QStringList found;
    for (const QString& folder : folders) {
        QDirIterator each(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            const QString path = each.next();
            const QByteArray content = path.toUtf8() + '\n' + readAll(path);  // a name may tell as much as a content
            for (const QByteArray& needle : needles) {
                if (content.contains(needle)) found += path + u' ' + QString::fromLatin1(needle.toHex());
            }
        }
    }
    return found;
}

QStringList shortened(const QStringList& list) {
    return list.mid(0, 5);
}

}  // namespace

/// What is said, written and signed is in no file that the tablet or the store holds, at any moment.
class CanariesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theSearchFindsEveryForm();
    void nothingShowsWhileTheInterviewRuns();
    void nothingShowsAfterTheInterview();
    void nothingShowsAfterAKill();
    void nothingShowsAfterTheNextRun();
    void theLabFindsWhatTheTabletHides();
    void soundAndConsentLeftNoTraceEither();

private:
    [[nodiscard]] QStringList searched() const {
        return {m_stage.path(QStringLiteral("home")), m_stage.path(QStringLiteral("store")),
                m_stage.path(QStringLiteral("user")), m_stage.path(QStringLiteral("work"))};
    }
    [[nodiscard]] QStringList rehearsal() const {
        QStringList arguments = m_stage.rehearsal(
            QStringLiteral("given/voice.wav"), QStringLiteral("given/script.yaml"),
            {QStringLiteral("--realtime"), QStringLiteral("--frame-counter"), QStringLiteral("work/counter")});
        return arguments;
    }
    /// Reads on, and looks everywhere after each line of progress; kills after `linesBeforeKill` of them.
    void watch(QProcess& program, int linesBeforeKill);

    Stage m_stage;
    QByteArray m_said;
    QString m_session;
};

void CanariesTest::initTestCase() {
    m_stage.makeKeys();
    QVERIFY(QDir().mkpath(m_stage.path(QStringLiteral("work"))));
    writeWav(m_stage.path(QStringLiteral("given/voice.wav")), melody(7, 48000), 48000);
    const QString script = QStringLiteral(
                               "participant: {role: person, language: fr, name: \"%1\"}\n"
                               "partner: {role: caregiver, name: \"%2\"}\n"
                               "consent: {items: {take-part: true, audio: true, quote: true, share: true,"
                               " contact-again: true, report: true}}\n"
                               "steps:\n  - {at: 0.5, note: \"%3\"}\n  - {at: 1.1, mark: \"%4\"}\n"
                               "  - {at: 1.5, ask: recovery-story}\n  - {at: 3, pause: 0.5}\n"
                               "  - {at: 3.5, note: \"%4 %3\"}\n  - {at: 4, off_record: 0.5}\n")
                               .arg(kName, kPartner, kNote, kMark);
    writeAll(m_stage.path(QStringLiteral("given/script.yaml")), script.toUtf8());
}

void CanariesTest::theSearchFindsEveryForm() {
    Stage other;
    const QString folder = other.path(QStringLiteral("haystack"));
    for (const QByteArray& form : allForms()) {
        writeAll(folder + QStringLiteral("/hay"), QByteArray(4097, '\0') + form + "tail");
        QVERIFY(!filesWith({form}, {folder}).isEmpty());
    }
    QCOMPARE(filesWith(allForms(), {m_stage.path(QStringLiteral("keys"))}), QStringList());
    QVERIFY(!filesWith(allForms(), {m_stage.path(QStringLiteral("given"))}).isEmpty());
    const QString inside = QStringLiteral("{\"name\":\"") + kName + QStringLiteral("\"}");
    writeAll(folder + QStringLiteral("/hay"), inside.toUtf8().toBase64());
    QVERIFY(!filesWith(allForms(), {folder}).isEmpty());
}

void CanariesTest::watch(QProcess& program, int linesBeforeKill) {
    QByteArray out;
    qsizetype looked = -1;
    while (program.state() != QProcess::NotRunning) {
        static_cast<void>(program.waitForReadyRead(50));
        out += program.readAllStandardOutput();
        if (out.count('\n') == looked) continue;
        looked = out.count('\n');
        QCOMPARE(shortened(filesWith(allForms(), searched())), QStringList());
        if (linesBeforeKill > 0 && looked >= linesBeforeKill) program.kill();
    }
    m_said = out + program.readAllStandardOutput() + program.readAllStandardError();
    QVERIFY2(looked > 2, m_said);
    QVERIFY2(m_said.contains("is enrolled"), m_said);
    for (const QByteArray& form : allForms())
        QVERIFY2(!m_said.contains(form), m_said);
}

void CanariesTest::nothingShowsWhileTheInterviewRuns() {
    const auto program = m_stage.startSotto(rehearsal());
    watch(*program, 0);
    QCOMPARE(program->exitCode(), 0);
}

void CanariesTest::nothingShowsAfterTheInterview() {
    QCOMPARE(shortened(filesWith(allForms(), searched())), QStringList());
    const Outcome seen = m_stage.inspect();
    VERIFY_EXIT(seen, 0);
    for (const QByteArray& form : allForms())
        QVERIFY(!seen.out.contains(form) && !seen.err.contains(form));
    QCOMPARE(m_stage.sessions().size(), 1);
    m_session = m_stage.sessions().value(0)[u"id"].toString();
}

void CanariesTest::nothingShowsAfterAKill() {
    const auto program = m_stage.startSotto(rehearsal());
    watch(*program, 4);
    QCOMPARE(program->exitStatus(), QProcess::CrashExit);
    QCOMPARE(shortened(filesWith(allForms(), searched())), QStringList());
}

void CanariesTest::nothingShowsAfterTheNextRun() {
    const auto program = m_stage.startSotto(rehearsal());
    watch(*program, 0);
    QCOMPARE(program->exitCode(), 0);
    QCOMPARE(shortened(filesWith(allForms(), searched())), QStringList());
}

void CanariesTest::theLabFindsWhatTheTabletHides() {
    VERIFY_EXIT(m_stage.receive(), 0);
    const QString session = m_stage.path(QStringLiteral("lab/") + m_session);
    const auto found = [&session](const QString& canary, const char* kind) {
        return !filesWith({canary.toUtf8()}, {session + u'/' + QLatin1String(kind)}).isEmpty();
    };
    QVERIFY(found(kName, "identity"));
    QVERIFY(found(kNote, "content"));
    QVERIFY(found(kMark, "content"));
    // And each where it belongs only.
    QVERIFY(!found(kName, "content") && !found(kName, "research"));
    QVERIFY(!found(kNote, "research") && !found(kMark, "research") && !found(kNote, "identity"));
    QVERIFY(!found(kPartner, "content") && !found(kPartner, "research"));
}

void CanariesTest::soundAndConsentLeftNoTraceEither() {
    const QString session = m_stage.path(QStringLiteral("lab/") + m_session);
    const QByteArray wav = readAll(m_stage.path(QStringLiteral("given/voice.wav")));
    QByteArray packets;
    for (const QByteArray& packet : oggPackets(readAll(session + QStringLiteral("/content/audio.opus"))).mid(2))
        packets += packet;
    const QJsonObject consent = readJson(session + QStringLiteral("/identity/consent.json"));
    const QByteArray evidence = QByteArray::fromBase64(consent[u"signed"].toString().toLatin1());
    const QByteArray signature = QByteArray::fromHex(consent[u"signature"].toString().toLatin1());
    QVERIFY(packets.size() > 10000);
    QVERIFY(evidence.size() > 200);
    QCOMPARE(signature.size(), 64);

    const auto sound = piecesOf(wav, 24, 2000) + piecesOf(packets, 16, 400);
    const auto paper = piecesOf(evidence, 24, 50) + formsOf(signature);
    QVERIFY(sound.size() > 300);
    QCOMPARE(shortened(filesWith(sound + paper, searched())), QStringList());
    QVERIFY(!filesWith(piecesOf(packets, 16, 400), {session + QStringLiteral("/content")}).isEmpty());
    QVERIFY(!filesWith(formsOf(signature), {session + QStringLiteral("/identity")}).isEmpty());
}

QTEST_GUILESS_MAIN(CanariesTest)
#include "tst_canaries.moc"
