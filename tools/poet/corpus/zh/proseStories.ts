// Frames for small Chinese stories of a few sentences, each about one person from beginning to end. Written for this project.
// A story is one template, so its sentences keep their order; the frames are made once for 他 and once for 她.
import { type Frame, lines, table, words } from '../grammar.ts'

const people = [
  { names: '小明 阿牛 大山 少年 老船长 年轻的木匠 弟弟 牧童 退休的老兵 放学的男孩', pron: '他' },
  { names: '小红 阿秀 春兰 姑娘 卖茶的老奶奶 年轻的裁缝 妹妹 采莲女 新来的女老师 放学的女孩', pron: '她' },
]

const shared = {
  kin: words('母亲 父亲 哥哥 姐姐 祖母 邻居 朋友 叔叔'),
  weather: words('下着小雨 太阳很好 天很冷 刮着风 屋顶上有雪 雾很大 月亮刚刚升起'),
  time: words('有一天 昨天 去年春天 一个秋天的傍晚 小时候 上个星期 放假那天'),
  felt: words('很高兴 笑了 心里暖暖的 再也不怕了 睡得很香 一路唱着歌'),
}

const finds = table(
  'found where did later',
  `
  一只迷路的小猫 | 桥下 | 给它喝了热牛奶 | 小猫再也没有离开
  一把旧钥匙 | 草地上 | 一扇门一扇门地试 | 它打开了花园的门
  一只破碗 | 井边 | 细心地补好它 | 它又能盛饭了
  一封信 | 路上 | 把它送到邮局 | 收信的人谢了又谢
  一只小鸟 | 鸟窝下面 | 把它放回窝里 | 六月里它学会了飞
  一枚银币 | 尘土里 | 买了两个人的面包 | 门口的老人吃饱了
  一只淋湿的小狗 | 家门口 | 用毛巾把它擦干 | 小狗在炉边睡着了
  一块蓝石头 | 海滩上 | 把它放在窗台上 | 它在夕阳里闪闪发光
  一只受伤的山羊 | 山后 | 把它背回家 | 它的伤慢慢好了
  一本破书 | 阁楼上 | 把书页缝好 | 全家人都读了它
  一只纸船 | 水沟里 | 把它放回水面 | 它一直漂到磨坊
  一把种子 | 旧衣袋里 | 把它们种在墙边 | 八月里开满了向日葵
  一盏小油灯 | 地窖里 | 给它添满了油 | 它亮了一整夜
  一口旧铜钟 | 谷仓里 | 用细沙把它擦亮 | 过节时它响了起来
  一个睡着的孩子 | 苹果树下 | 拿来一条毯子 | 谁也没有吵醒他
  一朵野花 | 树林边 | 没有摘它 | 它年年都开
  一只手套 | 雪地里 | 把它挂在篱笆上 | 有人回来找到了它
  一支竹笛 | 集市上 | 学会了一支曲子 | 孩子们跟着笛声跳舞
  一篮李子 | 台阶上 | 把它们做成果酱 | 整条街都尝到了甜味
  一个空鸟窝 | 树枝上 | 给它画了一张画 | 春天鸟儿又回来了`,
)

const errands = table(
  'place buy make',
  `
  集市 | 苹果和红糖 | 一个果子饼
  磨坊 | 一袋面粉 | 一笼馒头
  码头 | 两条鲜鱼 | 一锅鱼汤
  树林 | 一篮蘑菇 | 一锅热汤
  菜园 | 豆角和青葱 | 晚饭
  邻居家 | 鸡蛋和牛奶 | 蛋饼
  布店 | 红布和针线 | 一件新衣
  果园 | 熟透的梨 | 梨膏
  城里 | 纸和墨 | 一本诗集
  木匠铺 | 四块木板 | 一个书架
  田里 | 一捆稻草 | 一个稻草人
  河边 | 一把芦苇 | 一只篮子
  山上 | 新鲜的茶叶 | 一壶好茶
  庙会 | 彩纸和竹条 | 一只风筝`,
)

const plans = table(
  'place do answer',
  `
  河边 | 钓鱼 | 别忘了带鱼竿
  山顶 | 看日出 | 穿上厚鞋子
  磨坊 | 取面粉 | 口袋很重
  学校 | 学写字 | 带上你的笔
  集市 | 卖鸡蛋 | 小心篮子
  海边 | 看大船 | 海风很冷
  树林 | 采蘑菇 | 不要走远
  井边 | 打水 | 抓紧绳子
  庙会 | 听戏 | 我们一起去
  桥头 | 等朋友 | 我陪你等
  果园 | 摘苹果 | 带上梯子
  牛棚 | 喂小牛 | 把门关好
  车站 | 接姑姑 | 车要晚到
  祠堂 | 听说书 | 早点回来`,
)

function storiesOf({ names, pron }: { names: string; pron: string }): readonly Frame[] {
  const bank = { ...shared, name: words(names), pron: [pron] }
  return [
    {
      bank,
      most: 1,
      rows: finds,
      templates: lines(`
        {time}，{name}在{where}发现了{found}。{pron}{did}，后来{later}。
        {name}回家晚了，因为{pron}在{where}看见了{found}。{pron}做了什么？{pron}{did}。
        {time}，{where}有{found}。{name}{did}，{later}，{name}{felt}。
        {kin}问：“在哪里找到的？”{name}说：“在{where}。”{pron}{did}，{later}。
        那天{weather}，{name}在{where}发现了{found}，{pron}{did}。
        {name}对{kin}说起{found}，是在{where}看见的，{pron}{did}。
        是{name}在{where}发现了{found}。后来{later}，{kin}{felt}。
        {weather}的时候，{name}看见{found}在{where}。{pron}{did}，{felt}。`),
    },
    {
      bank,
      most: 1,
      rows: errands,
      templates: lines(`
        {name}去{place}，带回了{buy}。{pron}和{kin}一起做了{make}。
        外面{weather}，{name}还是去{place}找{buy}。回到家，{pron}做了{make}，{felt}。
        {kin}问：“你要什么？”{name}说：“我要{buy}。”晚上就有了{make}。
        {name}想做{make}，所以{pron}去{place}找{buy}。
        {name}为什么去{place}？{pron}去找{buy}，好做{make}。
        {time}，{name}和{kin}去了{place}，带回{buy}，做了{make}。
        {kin}叫{name}去{place}拿{buy}，{pron}回来的时候，{weather}。`),
    },
    {
      bank,
      most: 1,
      rows: plans,
      templates: lines(`
        “{name}，你去哪里？”“我去{place}{do}。”{kin}说：“{answer}。”
        {name}去{place}{do}，{kin}在后面喊：“{answer}！”
        {name}问：“我可以去{place}{do}吗？”{kin}说：“可以，{answer}。”
        {name}说：“明天我要去{place}{do}。”{kin}说：“{answer}。”
        外面{weather}，{name}没有去{place}，下次{pron}再去{do}。
        {name}为什么不在家？{pron}去{place}{do}了。
        {kin}：我很好。{time}，我去{place}{do}，那天{weather}。{name}。`),
    },
  ]
}

export const storyFrames: readonly Frame[] = people.flatMap(storiesOf)
