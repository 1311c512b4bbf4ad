// A frame for plain Chinese sentences about learning to read and write. Written for this project;
// the sentences are made from it by grammar. Each names a rarer character often enough for the tokenizer to learn it whole.
import { type Frame, lines, table, words } from '../grammar.ts'

const lessons: Frame = {
  bank: {
    who: words('弟弟 妹妹 小女孩 放牛的孩子 新来的学生 船家的女儿 外婆 小徒弟 同桌 邻家的孩子'),
    teacher: words('老师 爷爷 教书先生 姐姐 母亲 哥哥 父亲 看门的老人'),
    where: words('黑板上 沙地上 石板上 练习本上 雪地里 旧报纸上 手心里 窗玻璃上'),
  },
  rows: table(
    'ch word',
    `
    赤 | 赤色的赤
    弓 | 弓箭的弓
    轮 | 车轮的轮
    此 | 从此的此
    精 | 精卫的精
    娲 | 女娲的娲
    五 | 五谷的五
    夸 | 夸父的夸
    倾 | 倾听的倾
    饮 | 饮水的饮
    禹 | 大禹的禹
    哭 | 哭声的哭
    耒 | 耒耜的耒
    凿 | 凿子的凿
    龙 | 龙王的龙
    素 | 朴素的素
    借 | 借书的借
    情 | 感情的情
    筋 | 筋骨的筋
    央 | 中央的央
    梁 | 桥梁的梁
    吸 | 呼吸的吸
    伏 | 起伏的伏
    羲 | 伏羲的羲
    羿 | 后羿的羿
    结 | 结网的结
    网 | 渔网的网
    报 | 报信的报
    挥 | 挥手的挥
    黛 | 粉黛的黛
    孟 | 孟姜女的孟
    姜 | 姜汤的姜
    王 | 大王的王
    丰 | 丰年的丰
    惟 | 惟有的惟
    鬼 | 山鬼的鬼
    思 | 相思的思
    目 | 目光的目
    刀 | 镰刀的刀
    哮 | 咆哮的哮
    捣 | 捣药的捣
    病 | 生病的病
    犹 | 犹豫的犹
    曾 | 曾经的曾
    嫘 | 嫘祖的嫘
    抽 | 抽丝的抽
    蟠 | 蟠桃的蟠
    携 | 携手的携
    莱 | 蓬莱的莱
    蓬 | 蓬草的蓬
    鲁 | 鲁班的鲁
    班 | 下班的班
    刨 | 刨花的刨
    直 | 笔直的直
    颉 | 仓颉的颉
    戬 | 杨戬的戬
    嫦 | 嫦娥的嫦
    贞 | 坚贞的贞
    悟 | 领悟的悟
    吴 | 吴刚的吴
    刑 | 刑天的刑
    愚 | 愚公的愚
    洛 | 洛水的洛
    卦 | 八卦的卦
    斧 | 斧头的斧
    宵 | 今宵的宵
    盏 | 一盏灯的盏
    丸 | 药丸的丸
    卷 | 书卷的卷
    洒 | 洒水的洒
    纹 | 花纹的纹
    戎 | 戎装的戎
    冢 | 古冢的冢
    仰 | 仰望的仰
    埃 | 尘埃的埃
    浊 | 浊浪的浊
    破 | 破土的破
    线 | 针线的线
    祝 | 祝福的祝
    英 | 英雄的英
    踩 | 踩水的踩
    酿 | 酿酒的酿
    与 | 你与我的与
    丘 | 山丘的丘
    锄 | 锄头的锄
    伞 | 雨伞的伞
    粟 | 粟米的粟
    刨 | 刨地的刨
    追 | 追赶的追
    追 | 追日的追
    凿 | 凿石的凿
    吸 | 吸气的吸
    思 | 思念的思
    抽 | 抽水的抽
    莱 | 莱州的莱
    烧 | 烧火的烧
    黛 | 黛眉的黛
    殿 | 宫殿的殿
    留 | 留下的留
    投 | 投石的投
    扶 | 扶手的扶
    洪 | 洪水的洪
    豹 | 花豹的豹
    萝 | 萝卜的萝
    杜 | 杜鹃的杜
    鹃 | 杜鹃的鹃
    哮 | 哮喘的哮
    捣 | 捣米的捣
    栽 | 栽树的栽
    栽 | 栽花的栽`,
  ),
  templates: lines(`
    {teacher}在{where}写了一个“{ch}”字，说是{word}。
    {who}问：“{ch}字怎么写？”{teacher}说：“{word}，看我写一遍。”
    {who}今天学会了“{ch}”，{word}，在{where}写了又写。
    “{ch}，{word}。”{who}跟着{teacher}念了三遍。
    {who}在{where}写“{ch}”，少写了一笔，{teacher}笑着补上。
    “这是什么字？”“{ch}，{word}。”{who}答得很快。
    {teacher}问：“谁会写{word}？”{who}第一个举手。`),
}

export const lessonFrames: readonly Frame[] = [lessons]
