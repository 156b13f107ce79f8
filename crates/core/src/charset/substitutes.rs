//! What stands for a character that a Japanese charset has no safe place for. Most of it is
//! Unicode's own compatibility decomposition (NFKC); the tables hold what that leaves out or
//! writes in a way that Japanese readers would stumble over.

use unicode_normalization::UnicodeNormalization as _;

/// 下駄: the mark that Japanese typesetters put where a letter is missing.
pub(super) const GETA: &str = "〓";

/// Pairs that look the same, of which `encoding_rs` (the Encoding Standard's index jis0208) knows
/// the second only: the two readings of the same JIS X 0208 cells, and the yen and overline of
/// JIS X 0201.
pub(super) const fn look_alike(letter: char) -> char {
    match letter {
        '〜' => '～',
        '‖' => '∥',
        '−' => '－',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '—' => '―',
        '¥' => '￥',
        '‾' => '￣',
        '\u{a0}' => ' ',
        // NFC makes this of the sign that JIS X 0208 has.
        '\u{c5}' => '\u{212b}',
        other => other,
    }
}

/// Kanji that NFKC leaves alone, with the letter of JIS X 0208 that everybody reads as the same:
/// old or printed forms in IBM's extension, NEC's selection of it, and JIS X 0213. A letter of its
/// own, however rare, has no row: a customer's name is not to become another.
#[rustfmt::skip]
const KANJI: [(char, char); 69] = [
    ('髙', '高'), ('﨑', '崎'), ('德', '徳'), ('濵', '浜'), ('瀨', '瀬'), ('栁', '柳'), ('昻', '昂'),
    ('曻', '昇'), ('橫', '横'), ('淸', '清'), ('黑', '黒'), ('步', '歩'), ('緖', '緒'), ('寬', '寛'),
    ('敎', '教'), ('桒', '桑'), ('槪', '概'), ('渴', '渇'), ('溫', '温'), ('焰', '焔'), ('甁', '瓶'),
    ('祿', '禄'), ('綠', '緑'), ('緣', '縁'), ('繫', '繋'), ('羡', '羨'), ('薰', '薫'), ('賴', '頼'),
    ('郞', '郎'), ('鄕', '郷'), ('醬', '醤'), ('鎭', '鎮'), ('閒', '間'), ('靑', '青'), ('頰', '頬'),
    ('鷗', '鴎'), ('麴', '麹'), ('𠮷', '吉'), ('剝', '剥'), ('𠮟', '叱'), ('增', '増'), ('塡', '填'),
    ('戶', '戸'), ('吳', '呉'), ('俱', '倶'), ('摑', '掴'), ('瘦', '痩'), ('簞', '箪'), ('蟬', '蝉'),
    ('搔', '掻'), ('噓', '嘘'), ('嚙', '噛'), ('囊', '嚢'), ('屛', '屏'), ('瀆', '涜'), ('禱', '祷'),
    ('軀', '躯'), ('顚', '顛'), ('驒', '騨'), ('姸', '妍'), ('蠟', '蝋'), ('萊', '莱'), ('鹼', '鹸'),
    ('吞', '呑'), ('倂', '併'), ('硏', '研'), ('巢', '巣'), ('內', '内'), ('卽', '即'),
];

/// Signs whose decomposition a reader would not expect, or that have none.
#[rustfmt::skip]
const SIGNS: [(char, &str); 17] = [
    ('№', "No."), ('∑', "Σ"), ('⊿', "△"), ('∟', "∠"), ('∮', "∫"), ('〝', "“"), ('〟', "”"),
    ('〞', "”"), ('©', "(C)"), ('®', "(R)"), ('€', "EUR"), ('–', "-"), ('•', "・"), ('·', "・"),
    ('ゔ', "ヴ"), ('〼', "ます"), ('゠', "="),
];

/// What stands for a character and its marks; empty when there is nothing.
pub(super) fn substitute(cluster: &str) -> String {
    cluster.chars().map(of_letter).collect()
}

fn of_letter(letter: char) -> String {
    if let Some((_, sign)) = SIGNS.iter().find(|(from, _)| *from == letter) {
        return (*sign).to_owned();
    }
    if let Some((_, kanji)) = KANJI.iter().find(|(from, _)| *from == letter) {
        return kanji.to_string();
    }
    let plain: String = std::iter::once(letter).nfkc().map(look_alike).collect();
    // ①, ❶ and ㊤ would be indistinguishable from what they stand beside.
    match letter {
        '\u{2460}'..='\u{2473}'
        | '\u{24b6}'..='\u{24ea}'
        | '\u{3251}'..='\u{325f}'
        | '\u{3280}'..='\u{32bf}'
        | '\u{32d0}'..='\u{32fe}' => format!("({plain})"),
        '\u{2776}'..='\u{277f}' => format!("({})", u32::from(letter) - 0x2775),
        _ => plain,
    }
}
