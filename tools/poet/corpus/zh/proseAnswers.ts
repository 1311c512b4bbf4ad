// Frames for plain Chinese questions and their answers: what people do, where creatures live, what things are like.
// Written for this project; subject, verb and object stand in one row, so that every answer makes sense.
import { type Frame, lines, table, words } from '../grammar.ts'

const askers = words('弟弟 妹妹 小明 客人 小女孩 学生 过路人 孙子 新来的同学 邻家的孩子')
const tellers = words('奶奶 爷爷 老师 妈妈 爸爸 邻居 老渔夫 外婆 叔叔 姐姐')

const work: Frame = {
  bank: {
    asker: askers,
    teller: tellers,
    adjective: words('年老的 年轻的 勤快的 安静的 快乐的 耐心的 细心的 善良的 聪明的'),
    mood: words('一边哼着歌 脸上带着笑 一点也不着急 心里很高兴 忙得忘了吃饭 做得很仔细'),
  },
  rows: table(
    'who do object where when pron',
    `
    渔夫 | 补 | 渔网 | 在码头上 | 天亮时 | 他
    面包师 | 烤 | 面包 | 在炉子旁 | 日出之前 | 他
    农夫 | 耕 | 田 | 在山脚下 | 春天 | 他
    牧羊人 | 数 | 羊 | 在山坡上 | 傍晚 | 他
    园丁 | 浇 | 花 | 在花园里 | 清晨 | 她
    裁缝 | 缝 | 衣裳 | 在窗前 | 过年前 | 他
    织妇 | 织 | 布 | 在灯下 | 夜里 | 她
    磨坊主 | 磨 | 面粉 | 在磨坊里 | 秋收后 | 他
    老师 | 教 | 写字 | 在教室里 | 上午 | 她
    邮差 | 送 | 信 | 在村子里 | 每天早上 | 他
    郎中 | 看 | 病 | 在药铺里 | 白天 | 他
    厨师 | 切 | 菜 | 在厨房里 | 中午 | 他
    木匠 | 做 | 桌子 | 在院子里 | 雨天 | 他
    铁匠 | 打 | 铁 | 在炉火边 | 下午 | 他
    水手 | 洗 | 甲板 | 在大船上 | 每天清早 | 他
    画家 | 画 | 山水 | 在河边 | 晴天 | 她
    陶工 | 捏 | 泥碗 | 在窑边 | 一整天 | 她
    猎人 | 找 | 脚印 | 在雪地里 | 冬天 | 他
    祖母 | 喂 | 鸡 | 在院子里 | 早上 | 她
    祖父 | 修 | 椅子 | 在门口 | 午后 | 他
    学生 | 背 | 诗 | 在路灯下 | 晚上 | 他
    琴师 | 弹 | 古琴 | 在松树下 | 月夜 | 他
    姐姐 | 剪 | 窗花 | 在炕上 | 除夕前 | 她
    养蜂人 | 收 | 蜂蜜 | 在果园里 | 夏天 | 他
    樵夫 | 砍 | 柴 | 在山上 | 秋天 | 他
    洗衣妇 | 洗 | 衣服 | 在小溪边 | 天晴时 | 她
    船夫 | 摇 | 船 | 在渡口 | 从早到晚 | 他
    诗人 | 写 | 诗 | 在小屋里 | 下雨时 | 他
    皇帝 | 看 | 地图 | 在宫殿里 | 晚饭前 | 他
    牧童 | 放 | 牛 | 在草地上 | 放学后 | 他
    茶农 | 采 | 茶 | 在茶山上 | 清明前 | 她
    蚕娘 | 喂 | 蚕 | 在蚕房里 | 四月 | 她
    守塔人 | 点 | 灯 | 在灯塔上 | 天黑时 | 他
    石匠 | 凿 | 石头 | 在山谷里 | 早晨 | 他
    卖花姑娘 | 卖 | 花 | 在小巷里 | 春天 | 她
    瓜农 | 种 | 西瓜 | 在沙地里 | 初夏 | 他
    花匠 | 剪 | 树枝 | 在花圃里 | 早春 | 他
    采药人 | 采 | 草药 | 在深山里 | 雨后 | 他
    说书人 | 讲 | 故事 | 在茶馆里 | 夜晚 | 他
    母亲 | 做 | 布鞋 | 在灯下 | 夜深时 | 她`,
  ),
  templates: lines(`
    {who}{where}做什么？{pron}{do}{object}。
    {who}什么时候{do}{object}？{when}。
    {who}在哪里{do}{object}？{pron}{where}{do}{object}。
    谁{where}{do}{object}？是{adjective}{who}。
    {when}，{adjective}{who}{where}{do}{object}。
    {adjective}{who}{do}{object}，{mood}。
    {asker}问：“{who}{where}做什么？”{teller}说：“{pron}{do}{object}。”
    {asker}问{who}{when}做什么，{who}说：“我{do}{object}。”
    写一句关于{who}的话：{adjective}{who}{where}{do}{object}。
    我认识一位{adjective}{who}，{when}，{pron}{where}{do}{object}。
    {teller}说，{who}会{do}{object}，{pron}{when}最忙。
    {who}会{do}{object}吗？会，{pron}{when}就{where}{do}{object}。
    {asker}看见{who}{where}{do}{object}，{mood}。
    说说{who}：{who}{do}{object}，{when}最忙，{mood}。`),
}

const creatures: Frame = {
  bank: { asker: askers, teller: tellers, number: words('一只 两只 三只 一群 几只') },
  rows: table(
    'one home food colour does',
    `
    猫头鹰 | 树洞里 | 老鼠 | 褐色 | 飞起来没有声音
    狐狸 | 树根下 | 老鼠和野果 | 红色 | 黄昏才出来
    野兔 | 草丛里 | 青草 | 灰色 | 跑得像风一样
    青蛙 | 池塘边 | 小虫 | 绿色 | 下雨时唱歌
    白鹭 | 水田边 | 小鱼 | 白色 | 一条腿站着
    蜜蜂 | 蜂房里 | 花蜜 | 黄色 | 跳着舞给同伴指路
    蜘蛛 | 门背后 | 飞虫 | 黑色 | 织一张细细的网
    刺猬 | 篱笆下 | 虫子和果子 | 灰色 | 缩成一个球
    松鼠 | 松树上 | 松子 | 褐色 | 把食物藏起来过冬
    燕子 | 屋檐下 | 飞虫 | 黑色 | 秋天飞到南方
    鲤鱼 | 大河里 | 水草 | 红色 | 会跳出水面
    花猫 | 炉子边 | 鱼 | 花的 | 睡一个下午
    黄狗 | 院子里 | 骨头 | 黄色 | 守着家门
    水牛 | 牛棚里 | 青草 | 黑色 | 帮人耕田
    白马 | 马棚里 | 干草和豆子 | 白色 | 拉着大车
    鹅 | 池塘边 | 青草 | 白色 | 看见生人就叫
    绵羊 | 山坡上 | 草 | 白色 | 跟着头羊走
    公鸡 | 鸡窝里 | 谷子 | 红色 | 天亮时打鸣
    老鼠 | 墙洞里 | 米粒 | 灰色 | 听见声音就跑
    黑熊 | 山洞里 | 蜂蜜和野果 | 黑色 | 睡一个冬天
    狼 | 深林里 | 小鹿 | 灰色 | 对着月亮叫
    蜗牛 | 湿墙上 | 菜叶 | 黄色 | 背着自己的家
    蚂蚁 | 石头下 | 米粒和糖 | 黑色 | 搬着比自己大的东西
    螃蟹 | 石缝里 | 小虾 | 青色 | 横着走路
    海鸥 | 海岛上 | 鱼 | 白色 | 跟着渔船飞
    布谷鸟 | 树林里 | 毛虫 | 灰色 | 叫人快快播种
    梅花鹿 | 山林里 | 树叶 | 褐色 | 跳过小溪
    蝴蝶 | 花园里 | 花蜜 | 彩色 | 在花上打开翅膀
    春蚕 | 竹匾里 | 桑叶 | 白色 | 吐出长长的丝
    鸭子 | 小河里 | 螺和水草 | 花的 | 排着队下水
    喜鹊 | 大树上 | 虫子 | 黑白色 | 叫起来像报喜
    大雁 | 芦苇丛里 | 草籽 | 灰色 | 飞成一个人字
    仙鹤 | 湖边 | 小鱼 | 白色 | 在水边跳舞
    萤火虫 | 草丛里 | 露水 | 黄色 | 夜里提着小灯
    知了 | 柳树上 | 树汁 | 黑色 | 叫一个夏天
    乌龟 | 水塘里 | 小鱼和菜叶 | 绿色 | 一步一步慢慢爬`,
  ),
  templates: lines(`
    {one}住在哪里？{one}住在{home}。
    {one}吃什么？{one}吃{food}。
    {one}有什么本事？它{does}。
    {one}是什么颜色？是{colour}。
    {one}住在{home}，吃{food}。
    {one}{does}，它最爱吃{food}。
    {asker}问{one}住在哪里，{teller}说，住在{home}。
    {asker}问{teller}：“{one}吃什么？”“吃{food}。”
    如果我是{one}，我就住在{home}，天天吃{food}。
    谁住在{home}？{one}住在{home}，它{does}。
    什么{does}？{teller}说，是{one}。
    {asker}在{home}看见了{number}{one}，它们在找{food}。
    写一句关于{one}的话：{one}{does}。
    {one}{does}，{teller}指给{asker}看。`),
}

const likeness: Frame = {
  bank: { asker: askers, teller: tellers },
  rows: table(
    'thing is other otheris like',
    `
    雪 | 白的 | 煤 | 黑的 | 棉花
    蜂蜜 | 甜的 | 醋 | 酸的 | 糖
    冰 | 冷的 | 火 | 热的 | 冬天的石头
    大海 | 深的 | 小溪 | 浅的 | 一口老井
    山峰 | 高的 | 山谷 | 低的 | 一座塔
    丝绸 | 光滑的 | 树皮 | 粗糙的 | 水面
    铁 | 重的 | 羽毛 | 轻的 | 一块大石头
    兔子 | 快的 | 乌龟 | 慢的 | 一阵风
    老树 | 老的 | 小苗 | 小的 | 村里的爷爷
    夜晚 | 黑的 | 白天 | 亮的 | 一块黑布
    石头 | 硬的 | 棉被 | 软的 | 铁
    长江 | 长的 | 水沟 | 短的 | 一条带子
    柠檬 | 黄的 | 李子 | 紫的 | 小太阳
    枫叶 | 红的 | 柳叶 | 绿的 | 晚霞
    雷声 | 响的 | 落雪 | 没有声音的 | 大鼓
    沙漠 | 干的 | 稻田 | 湿的 | 空水缸
    针 | 细的 | 木头 | 粗的 | 一根头发
    月亮 | 圆的 | 桌子 | 方的 | 一面镜子`,
  ),
  templates: lines(`
    {thing}是{is}，{other}是{otheris}。
    什么是{is}？{thing}是{is}。
    什么是{otheris}？{other}是{otheris}。
    {thing}是{otheris}吗？不是，{thing}是{is}。
    {thing}像{like}，因为它是{is}。
    {asker}问什么是{is}，{teller}说，{thing}是{is}。
    {asker}说，{other}是{otheris}，{thing}却是{is}。
    {thing}像什么？{teller}说，{thing}像{like}。`),
}

export const answerFrames: readonly Frame[] = [work, work, work, creatures, creatures, creatures, likeness]
