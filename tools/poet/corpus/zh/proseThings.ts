// Frames for plain Chinese sentences about old things and those who keep them. Written for this project;
// the sentences are made from them by grammar. They bring rarer characters in, which the verse alone would starve.
import { type Frame, lines, table, words } from '../grammar.ts'

const things: Frame = {
  bank: {
    time: words('清早 黄昏 雨后 夜里 那一年 过年那天 下雪的时候 起风的时候 秋天 春天 多年以前 天快黑时 没有人的时候 分别的那天'),
    watcher: words('我 祖母 哥哥 邻居 过路人 小徒弟 老师 客人 卖茶的人 弟弟 看热闹的孩子 说书人 守门人 母亲'),
  },
  rows: table(
    'thing look who act wish',
    `
    羽毛 | 又轻又柔 | 骑马的少年 | 把它投进风里 | 飞得比九重云还高
    旧戎装 | 肩上磨出了洞 | 退伍的老兵 | 仰起头行了个礼 | 百年以后还有人记得
    砖墙 | 由九层青砖砌成 | 泥水匠 | 一寸一寸地抹平 | 未来的风雨也推不倒
    木梳 | 正好一掌宽 | 梳头的姑娘 | 挽起长发，描了黛色的眉 | 娉婷地走过窄巷
    石阶 | 又窄又陡 | 挑担的脚夫 | 踩着前人的足迹，化汗水为力气 | 莫要半路停下来
    烟墨 | 黑里透着纹路 | 写信的先生 | 作了一篇短文 | 同窗看了都说难得
    浊水 | 慢慢变清了 | 洗砚的学生 | 洒了一把细沙 | 阴天也看得见底
    焦土 | 化成了春泥 | 种树的僧人 | 埋下一百颗种子 | 万木同时发芽
    古冢 | 长满了赤色的草，纹丝不动 | 守墓的老人 | 扫去尘埃，洒上薄酒 | 地下的人安心休息
    药丸 | 一粒只有豆大 | 采药的女孩 | 尝了尝苦味 | 难治的病也会退去
    老马 | 筋骨还硬，足迹很深 | 乘车的客人 | 牵着它又走一程 | 休息够了再上路
    燕子的窝 | 由泥丸垒成 | 屋檐下的孩子 | 看双燕衔来一点一点的泥 | 赶在阴雨之前完工
    九连环 | 环环相扣 | 聪明的妹妹 | 一个一个解开 | 世上没有难题
    龟壳 | 布满了细纹 | 占卦的先生 | 仰着脸想了很久 | 灵验一回
    箩筐 | 装得下半个秋天 | 赶集的夫妻 | 换了一肩再挑 | 一程一程都平安
    风筝 | 画着百鸟的羽毛 | 放风筝的孩子 | 挽着线倒退着跑 | 九天上的神仙也看见
    瓷盏 | 薄得透光 | 烧窑的师傅 | 焦急地守着火，长夜未央 | 破碎的也能补好
    拐杖 | 由一根青藤做成 | 上山的祖父 | 用它挑开挡路的荆条 | 再难的路也走得完
    战鼓 | 蒙着一层厚牛皮 | 守关的卫士 | 一声接一声地擂 | 敌人追不到百里之外
    小舞鞋 | 鞋面绣着碎花 | 娉婷的舞女 | 踮起脚尖转了九圈 | 柔软得像柳条
    竹篮 | 篮底垫着桑叶 | 蓬头的小儿子 | 衔着草叶提了回家 | 莫让露水打湿
    铁犁 | 正闪着寒光 | 弯腰的农夫 | 汗水洒在泥里化成了盐 | 未到秋天先闻到谷香
    石碑 | 刻着难认的字 | 读书的兄弟 | 用手指描着笔画 | 莫忘写字的人
    船桨 | 肩一样宽 | 逆水的船夫 | 挽起袖子用力划 | 投宿之前赶到渡口
    烛台 | 落满了尘埃 | 作诗的书生 | 点起来写到天明 | 一寸光阴也不浪费
    手帕 | 柔软得像水 | 送别的女儿 | 挽着母亲的手不肯放 | 与她同去同归`,
  ),
  templates: lines(`
    {time}，{who}看着{thing}，{act}。
    {watcher}说，{thing}{look}，{who}{act}。
    {time}，{who}{act}，只盼着{wish}。
    {who}对着{thing}许愿，愿{wish}，{watcher}听见了。
    {watcher}路过，说这{thing}{look}，真少见。
    {time}，{who}对{watcher}说，要是{wish}，那就好了。
    {watcher}小时候见过{thing}，{look}，至今没有忘记。
    {time}，{who}一声不响，{act}。
    {time}，{watcher}梦见了{thing}，{look}，还梦见了{who}。
    说起{thing}，{who}总是对{watcher}讲，{wish}。
    {watcher}问{who}在做什么，原来是{act}。
    一首老歌里唱到{thing}，唱到{who}，也唱到{wish}，{watcher}最爱听。
    {time}，{thing}{look}，{watcher}轻轻地摸了摸。
    {watcher}写下一句话：{thing}{look}，{wish}。`),
}

export const thingFrames: readonly Frame[] = [things]
