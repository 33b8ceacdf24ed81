//! Kanji that are written in an old and a new form, mostly in names. Only the table; knows no rule.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Old or other forms, each followed by the form that stands in keys; no form stands on both sides.
///
/// Met in public lists of hospitals and offices (髙 﨑 and others of the NEC and IBM rows of CP932), in names and in addresses.
/// Some pairs are not the same kanji to a dictionary (斎・斉, 龍・竜), but the same to who hears a name on the phone.
const PAIRS: &str = "\
    髙高 﨑崎 嵜崎 碕崎 齋斉 齊斉 斎斉 濵浜 濱浜 邊辺 邉辺 澤沢 德徳 廣広 國国 圀国 嶋島 嶌島 惠恵 榮栄 櫻桜 瀨瀬 瀧滝 龍竜 眞真 實実 學学 藝芸 會会 應応 舊旧 體体 \
    縣県 區区 圓円 壽寿 參参 萬万 假仮 價価 來来 兒児 凜凛 劍剣 勳勲 收収 單単 嚴厳 團団 圍囲 增増 寬寛 峯峰 嶽岳 峽峡 巖巌 帶帯 彌弥 彥彦 悅悦 愼慎 戶戸 拔抜 拜拝 \
    攝摂 晉晋 曉暁 曾曽 條条 槇槙 樂楽 樣様 橫横 檜桧 檢検 歷歴 殘残 每毎 氣気 涉渉 淨浄 淸清 渕淵 渊淵 滿満 燈灯 爲為 獨独 畫画 當当 發発 盡尽 礒磯 禮礼 穗穂 竝並 \
    籔薮 藪薮 絲糸 經経 緖緒 總総 繩縄 繪絵 續続 聰聡 聲声 腳脚 與与 莊荘 薗園 藏蔵 藥薬 蘆芦 蠟蝋 裝装 譽誉 讓譲 豐豊 賴頼 轉転 辨弁 辯弁 瓣弁 遙遥 邨村 鄕郷 醫医 \
    釋釈 鐵鉄 鑛鉱 錄録 鎭鎮 關関 闗関 鄰隣 靑青 靜静 頰頬 顯顕 餠餅 驛駅 鷗鴎 鷄鶏 麥麦 黃黄 黑黒 點点 齒歯 齡齢 龜亀 櫁樒 冨富 曻昇 昻昂 舘館 竒奇 桒桑 莵兎 菟兎 \
    籠篭 埜野 塲場 疊畳 礙碍 礦鉱 檮梼 蔣蒋 薰薫 覺覚 觀観 證証 專専 擔担 據拠 擧挙 濟済 鹽塩 卽即 卷巻 圈圏 壯壮 奧奥 姬姫 屆届 嵓岩 廏厩 廐厩 挾挟 敎教 數数 斷断 \
    杤栃 栁柳 桺柳 步歩 冲沖 灣湾 爐炉 犧犠 狹狭 瑤瑶 甁瓶 產産 祿禄 稻稲 竈竃 聯連 聽聴 肅粛 臺台 艷艶 虛虚 號号 處処 變変 迹跡 鋪舗 鍊錬 雜雑 霸覇 飜翻 驗験 髮髪 \
    鬪闘 鰺鯵 鹸鹼 麴麹 默黙 黨党 緜綿 贊賛 靈霊 頸頚 潁頴 尓爾 迩邇 隱隠 隨随 險険 雙双 飮飲 餘余 騷騒 驅駆 鬭闘 凉涼 决決 况況 减減 羣群 畧略 煕熙 熈熙 穰穣 纖繊 \
    罐缶 傳伝 佛仏 儉倹 齎斉 㟢崎 﨟蝋 﨔欅 枦櫨 桝枡 舩船 濶闊 亙亘 冝宜 珎珍 寳宝 寶宝 閒間 恆恒 躰体 歸帰 毆殴 澁渋 澀渋 濕湿 營営 燒焼 屛屏 幷并 倂併 簞箪 摑掴 \
    繡繍 萊莱 頹頽 塡填 剝剥 噓嘘 瘦痩 攢攅 𠮷吉 逹達 侭儘 盧芦 靏鶴 靍鶴 鸖鶴 槗橋 濹墨 朖朗 禰祢 蠣蛎 礪砺 葊庵 菴庵 埀垂 夘卯 畄留 晄晃 晧皓 翆翠 祕秘 稱称 乘乗 \
    兩両 勞労 亞亜 壘塁 奬奨 將将 巢巣 廳庁 惡悪 戰戦 拂払 揭掲 樞枢 溫温 潛潜 狀状 癡痴 眾衆 碎砕 粹粋 缺欠 脫脱 臟臓 螢蛍 蠶蚕 覽覧 觸触 豫予 賣売 輕軽 鑄鋳 陷陥 \
    雞鶏 顏顔 髓髄";

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs().collect());

fn pairs() -> impl Iterator<Item = (char, char)> {
    PAIRS.split_whitespace().filter_map(|pair| {
        let mut pair = pair.chars();
        Some((pair.next()?, pair.next()?))
    })
}

/// The form of a kanji that stands in keys; other characters as they are.
pub(super) fn variant(c: char) -> char {
    if c < '\u{3400}' {
        return c;
    }
    TABLE.get(&c).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_pairs_of_different_kanji_and_no_chains() {
        assert!(pairs().count() >= 60);
        assert_eq!(TABLE.len(), pairs().count(), "a form stands twice on the left");
        for pair in PAIRS.split_whitespace() {
            assert_eq!(pair.chars().count(), 2, "{pair}");
        }
        for (old, new) in pairs() {
            assert_ne!(old, new);
            assert_eq!(variant(new), new, "{old}{new}");
        }
    }
}
