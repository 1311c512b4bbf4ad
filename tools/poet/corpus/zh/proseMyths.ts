// Frames for plain Chinese sentences about figures of old legend and about animals in fables. Written for this project;
// the sentences are made from them by grammar. They name figures of the demo poems but hold no line of those poems.
import { type Frame, lines, table, words } from '../grammar.ts'

const legends: Frame = {
  bank: {
    teller: words('爷爷 奶奶 说书人 老师 船夫 庙里的老人 外婆 放羊的老汉 绣花的姑姑 守夜人'),
    time: words('夏天的夜里 冬天的炉边 中秋的晚上 下雨的午后 睡觉之前 乘凉的时候 赶路的途中 停电的晚上'),
    moved: words('听的人都不说话了 孩子们睁大了眼睛 我记了一辈子 谁也没有睡意 炉火暗了也没人添柴 小妹妹哭了又笑'),
  },
  rows: table(
    'figure where deed trait kin',
    `
    嫦娥 | 月亮上 | 吃了仙药，飞到天上 | 寂寞 | 玉兔
    后羿 | 大地上 | 用弓箭射落了多余的太阳 | 勇敢 | 嫦娥
    精卫 | 东海边 | 用小小的嘴填海 | 不肯认输 | 一群海鸟
    女娲 | 黄河边 | 用黄泥造人，又补好了天 | 慈爱 | 伏羲
    夸父 | 原野上 | 一直追赶太阳，渴倒在路上 | 执着 | 巨人们
    神农 | 深山里 | 尝遍草药，教人种五谷 | 仁厚 | 种田的百姓
    大禹 | 洪水中 | 疏通江河，治好了水患 | 勤劳 | 治水的人们
    白素贞 | 西湖边 | 为了爱人和法海斗法 | 痴情 | 许仙
    孙悟空 | 花果山 | 大闹天宫，护送师父取经 | 机灵 | 猴子们
    织女 | 天河东边 | 织出天上的云锦 | 心灵手巧 | 牛郎
    牛郎 | 天河西边 | 用箩筐挑着孩子追上天 | 老实 | 织女
    盘古 | 混沌里 | 用斧头劈开天地 | 有力气 | 天地万物
    伏羲 | 卦台上 | 画出八卦，教人结网 | 聪明 | 女娲
    仓颉 | 河滩上 | 看鸟兽的脚印造出文字 | 细心 | 史官们
    愚公 | 太行山下 | 带着儿孙挖山不止 | 有恒心 | 邻家的小孩
    木兰 | 边关 | 替父亲从军，打了十二年仗 | 孝顺 | 年老的父亲
    孟姜女 | 长城下 | 千里送寒衣，哭倒了城墙 | 坚贞 | 她的丈夫
    祝英台 | 书院里 | 女扮男装去读书 | 有主见 | 梁山伯
    龙王 | 水晶宫 | 掌管行云和布雨 | 威严 | 虾兵蟹将
    洛神 | 洛水上 | 踏着水波走来，衣裳像云 | 美丽 | 水边的诗人
    山鬼 | 深林里 | 骑着花豹，披着藤萝等人 | 多情 | 赤豹和花狸
    杨戬 | 灌江口 | 带着哮天犬捉妖 | 威风 | 哮天犬
    吴刚 | 月宫里 | 砍那棵永远砍不倒的桂树 | 耐心 | 嫦娥和玉兔
    玉兔 | 月宫里 | 日夜捣药，给人治病 | 善良 | 嫦娥
    刑天 | 常羊山 | 没有了头，还挥着斧和盾 | 刚强 | 旧日的战友
    嫘祖 | 桑园里 | 教人养蚕抽丝 | 灵巧 | 采桑的女子
    麻姑 | 蓬莱岛 | 看见沧海三次变成桑田 | 长寿 | 过海的神仙
    鲁班 | 木工坊 | 做出会飞的木鸟 | 手巧 | 天下的木匠`,
  ),
  templates: lines(`
    传说{figure}住在{where}，{deed}。
    {time}，{teller}讲{figure}的故事，{moved}。
    {teller}说，{figure}很{trait}，在{where}{deed}。
    {figure}{deed}，这个故事传了几千年。
    人们记得{figure}，是因为{figure}{deed}。
    {figure}和{kin}的故事，{teller}讲了一遍又一遍。
    我最喜欢{figure}，因为{figure}{trait}。
    {time}，我梦见了{figure}，就在{where}。
    如果见到{figure}，我想问问{where}是什么样子。
    画上的{figure}站在{where}，身边是{kin}。
    {teller}问孩子们谁最{trait}，孩子们说是{figure}。
    {figure}也会累，也会想念{kin}。`),
}

const fables: Frame = {
  bank: {
    place: words('林子里 河边 山洞口 田埂上 老树下 井边 雪地里 芦苇丛中 打谷场上 石桥下'),
    moral: words(
      '做事不能只看眼前 朋友要互相帮助 慢一点也能到 说出的话要算数 强的也有怕的 小东西也有大用处 不要笑话别人 分着吃才最香',
    ),
  },
  rows: table(
    'one other want does end',
    `
    狐狸 | 乌鸦 | 一块肉 | 说了许多好话 | 空着肚子走了
    乌龟 | 兔子 | 先到山顶 | 一步一步地爬 | 第一个看见了日出
    蚂蚁 | 蟋蟀 | 过冬的粮食 | 从早搬到晚 | 请邻居一起吃饭
    狼 | 小羊 | 河里的水 | 装成好人 | 掉进了猎人的坑
    猴子 | 月亮 | 水里的月亮 | 一个拉着一个往下捞 | 捞起了一把水
    青蛙 | 海龟 | 整个天空 | 坐在井底说大话 | 羞得不出声了
    老虎 | 小猫 | 爬树的本事 | 天天来学 | 还是不会上树
    麻雀 | 大雁 | 南方的太阳 | 跟着飞了半天 | 明白了家在哪里
    刺猬 | 小鹿 | 红果子 | 背上扎满了果子 | 分给了大家
    白鹤 | 狐狸 | 瓶子里的鱼汤 | 用长嘴慢慢喝 | 请客的人红了脸
    老鼠 | 狮子 | 一条活路 | 咬断了粗粗的网 | 成了最好的朋友
    公鸡 | 太阳 | 天早点亮 | 站在屋顶上叫 | 天真的亮了
    萤火虫 | 星星 | 一个伴 | 提着小灯飞了一夜 | 落在了孩子的手心里
    蜗牛 | 葡萄藤 | 熟了的葡萄 | 春天就开始往上爬 | 到的时候正好甜`,
  ),
  templates: lines(`
    {place}，{one}遇见了{other}，想要{want}。
    {one}为了{want}，{does}，最后{end}。
    {other}问{one}要什么，{one}说要{want}。
    {one}{does}，{other}在一旁看着。
    从前有一只{one}，一心想着{want}，{does}。
    故事的结尾，{one}{end}。
    {one}和{other}的故事告诉我们，{moral}。
    后来{one}{end}，大家都说，{moral}。
    {other}把这件事讲给{place}的伙伴们听，说{moral}。`),
}

export const mythFrames: readonly Frame[] = [legends, fables]
