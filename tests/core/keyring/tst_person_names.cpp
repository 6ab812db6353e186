// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "keyring/keyring_format.h"
#include "keyring/person_names.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

const QString kLea = text("L\u00E9a");

PersonId personOf(std::uint8_t number) {
    PersonId::Raw raw{};
    raw[0] = number;
    return PersonId(raw);
}

}  // namespace

class TestPersonNames : public QObject {
    Q_OBJECT
private slots:
    void namesAreTrimmedAndComposed();
    void whatIsNoNameIsRefused();
    void namesAreComparedWithoutCaseAndForm();
    void aHintSaysFourBitsAndNoMore();
    void sealedNamesComeBack();
    void theBlobHidesHowLongNamesAre();
    void namesThatDoNotFitAreDamage();
    void everyFlippedBitOfTheBlobIsDamage();
};

void TestPersonNames::namesAreTrimmedAndComposed() {
    QCOMPARE(cleanName(text(" \tLe\u0301a\u00A0 ")), std::optional(kLea));
    QCOMPARE(cleanName(text("ra")), std::optional(text("ra")));
    QCOMPARE(cleanName(text("Anne Marie")), std::optional(text("Anne Marie")));
    QCOMPARE(cleanName(text("\u6797")), std::optional(text("\u6797")));
    QCOMPARE(cleanName(QString(64, u'x')), std::optional(QString(64, u'x')));
    // Characters, not code units.
    const QString wide = text("\U00020000").repeated(64);
    QCOMPARE(cleanName(wide), std::optional(wide));
    // A joiner is part of many names.
    const QString joined = text("\u0639\u0644\u06CC\u200C\u0631\u0636\u0627");
    QCOMPARE(cleanName(joined), std::optional(joined));
}

void TestPersonNames::whatIsNoNameIsRefused() {
    const std::vector<QString> bad{QString(),        text("  \t "),        QString(65, u'x'), text("a\nb"),
                                   text("a\u2028b"), text("a\u001Bb"),     text("a\u202Eb"),  text("a\u2066b"),
                                   text("a\u0378b"), QString(1, u'\xD800')};
    for (const QString& name : bad)
        QVERIFY2(!cleanName(name).has_value(), qPrintable(name));
    QVERIFY(!cleanName(text("a") + QChar(0) + text("b")).has_value());
}

void TestPersonNames::namesAreComparedWithoutCaseAndForm() {
    for (const QString& same : {text("l\u00E9a"), text("L\u00C9A"), text("Le\u0301a"), text("LE\u0301A")})
        QCOMPARE(foldedName(same), foldedName(kLea));
    QCOMPARE(foldedName(text("Stra\u00DFe")), foldedName(text("STRA\u1E9EE")));
    QCOMPARE(foldedName(text("\u03A3\u03BF\u03C6\u03AF\u03B1\u03C2")),
             foldedName(text("\u03A3\u039F\u03A6\u038A\u0391\u03A3")));
    QVERIFY(foldedName(text("Lea")) != foldedName(kLea));
    QVERIFY(foldedName(text("L\u00E9 a")) != foldedName(kLea));
}

void TestPersonNames::aHintSaysFourBitsAndNoMore() {
    const HomeId home = HomeId::random();
    QCOMPARE(nameHint(home, text("L\u00C9A")), nameHint(home, kLea));
    std::map<std::uint8_t, int> seen;
    for (int i = 0; i < 1600; ++i)
        ++seen[nameHint(home, QString::number(i))];
    QCOMPARE(seen.size(), std::size_t{16});
    QCOMPARE(seen.rbegin()->first, std::uint8_t{15});
    for (const auto& [hint, count] : seen)
        QVERIFY2(count > 40, qPrintable(QString::number(hint)));
    // Another home, another hint: 64 homes can hardly all agree.
    std::set<std::uint8_t> elsewhere;
    for (int i = 0; i < 64; ++i)
        elsewhere.insert(nameHint(HomeId::random(), kLea));
    QVERIFY(elsewhere.size() > 4);
}

void TestPersonNames::sealedNamesComeBack() {
    const HomeId home = HomeId::random();
    const auto key = crypto::SecureBytes::random(32);
    const Names names{{personOf(1), kLea}, {personOf(2), text("ra")}};
    const std::vector<PersonId> ids{personOf(1), personOf(2)};
    const Bytes sealed = sealNames(home, key, names);
    const auto opened = openNames(home, key, sealed, ids);
    VERIFY_OK(opened);
    QVERIFY(*opened == names);
    VERIFY_FAILS(openNames(HomeId::random(), key, sealed, ids), ErrorCode::Damaged);
    VERIFY_FAILS(openNames(home, crypto::SecureBytes::random(32), sealed, ids), ErrorCode::Damaged);
    VERIFY_FAILS(openNames(home, key, {}, ids), ErrorCode::Damaged);
}

void TestPersonNames::theBlobHidesHowLongNamesAre() {
    const HomeId home = HomeId::random();
    const auto key = crypto::SecureBytes::random(32);
    const Bytes brief = sealNames(home, key, {{personOf(1), text("x")}});
    const Bytes longer = sealNames(home, key, {{personOf(1), QString(64, u'x')}});
    QCOMPARE(brief.size(), longer.size());
    QVERIFY(brief != sealNames(home, key, {{personOf(1), text("x")}}));  // a new nonce each time
    Names most;
    for (std::uint8_t i = 0; i < 64; ++i)
        most[personOf(i)] = text("\U00020000").repeated(62) + QString::number(i + 10);
    std::vector<PersonId> ids;
    for (const auto& [id, name] : most)
        ids.push_back(id);
    const Bytes full = sealNames(home, key, most);
    QVERIFY(full.size() <= kMaxDirectory);
    VERIFY_OK(openNames(home, key, full, ids));
}

void TestPersonNames::namesThatDoNotFitAreDamage() {
    const HomeId home = HomeId::random();
    const auto key = crypto::SecureBytes::random(32);
    const std::vector<PersonId> ids{personOf(1), personOf(2)};
    const auto refuses = [&](const Names& names) {
        const auto opened = openNames(home, key, sealNames(home, key, names), ids);
        return !opened && opened.error().code == ErrorCode::Damaged;
    };
    QVERIFY(!refuses({{personOf(1), kLea}, {personOf(2), text("ra")}}));
    QVERIFY(refuses({{personOf(1), kLea}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(3), text("ra")}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(2), text("ra")}, {personOf(3), text("x")}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(2), text("L\u00C9A")}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(2), text(" ra")}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(2), QString()}}));
    QVERIFY(refuses({{personOf(1), kLea}, {personOf(2), QString(65, u'x')}}));
}

void TestPersonNames::everyFlippedBitOfTheBlobIsDamage() {
    const HomeId home = HomeId::random();
    const auto key = crypto::SecureBytes::random(32);
    const std::vector<PersonId> ids{personOf(1)};
    const Bytes whole = sealNames(home, key, {{personOf(1), kLea}});
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        Bytes flipped = whole;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
        VERIFY_FAILS(openNames(home, key, flipped, ids), ErrorCode::Damaged);
    }
}

QTEST_GUILESS_MAIN(TestPersonNames)
#include "tst_person_names.moc"
