// Frames for plain Chinese sentences about seasons, places, weather and the sky. Written for this project;
// the sentences are made from them by grammar, each row keeping to words that belong together.
import { type Frame, lines, table, words } from '../grammar.ts'

const seasons: Frame = {
  bank: {
    place: words('村口 山脚 河边 田里 院子里 桥头 老街上 学校旁 湖边 山坡上 巷子里 果园里 井台边 池塘边'),
    who: words('奶奶 爷爷 孩子们 邻居 妹妹 哥哥 老师 邮递员 放牛的孩子 卖花的姑娘 看门的老人 母亲 父亲 小木匠'),
    feel: words('心里很暖 笑了起来 不想回家 停下了脚步 轻轻唱起歌 看了很久 想起了从前 觉得日子很长 忘了时间 深深吸了一口气'),
  },
  rows: table(
    'season sign flower food wear sound work',
    `
    春天 | 燕子回来了 | 桃花 | 荠菜饺子 | 薄外衣 | 布谷鸟的叫声 | 播种
    早春 | 冰面裂开了 | 迎春花 | 豆芽汤 | 旧棉袄 | 溪水的响声 | 翻土
    暮春 | 柳絮满天飞 | 海棠 | 青团 | 单衣 | 孩子放风筝的笑声 | 采茶
    初夏 | 麦子黄了 | 石榴花 | 枇杷 | 草帽 | 青蛙的叫声 | 割麦
    夏天 | 荷叶铺满了池塘 | 荷花 | 凉粉 | 短衫 | 一阵一阵的蝉声 | 给稻田放水
    盛夏 | 太阳像一盆火 | 茉莉 | 井水镇过的西瓜 | 竹凉鞋 | 远处的雷声 | 除草
    初秋 | 早晚凉了 | 牵牛花 | 新藕 | 长袖衫 | 蟋蟀的叫声 | 摘豆子
    秋天 | 大雁往南飞 | 菊花 | 烤红薯 | 夹衣 | 风吹玉米叶的声音 | 收稻子
    深秋 | 枫叶红透了 | 桂花 | 糖炒栗子 | 毛线衣 | 落叶沙沙的响声 | 挖红薯
    初冬 | 屋顶上落了霜 | 山茶 | 萝卜汤 | 棉衣 | 北风的声音 | 修农具
    冬天 | 第一场雪落了下来 | 腊梅 | 热腾腾的汤圆 | 厚棉鞋 | 炉火噼啪的响声 | 编竹筐
    腊月 | 家家贴上了窗花 | 水仙 | 腊肉和年糕 | 新做的红袄 | 远远近近的鞭炮声 | 扫尘`,
  ),
  templates: lines(`
    {season}到了，{sign}，{place}的{flower}开了。
    {season}的早晨，{who}在{place}听见{sound}，{feel}。
    一到{season}，{who}就在{place}忙着{work}。
    {who}说，{season}里最香的是{flower}，最好吃的是{food}。
    {sign}，{who}换上{wear}，去{place}{work}。
    {who}在{place}种了一棵{flower}，每到{season}就来看它。
    {season}的傍晚，一家人坐在{place}吃{food}，{who}{feel}。
    {place}静悄悄的，只有{sound}，{season}就这样来了。
    如果没有{sound}，{season}就不像{season}了。
    {who}从{place}走过，看见{sign}，{feel}。
    {season}的夜里，{who}给我讲{flower}的故事，窗外是{sound}。
    {who}把{flower}插在瓶子里，屋子里就有了{season}。`),
}

const rivers: Frame = {
  bank: {
    time: words('清晨 黄昏 雨后 夜里 天刚亮的时候 雾散的时候 月亮升起以后 午后 下雪那天 涨潮的时候 起风的时候'),
    who: words('船夫 渔翁 洗衣的妇人 放学的孩子 钓鱼的老人 过桥的行人 挑水的汉子 画画的姑娘 牧童 采莲的女儿'),
    how: words('慢慢地 轻轻地 静静地 不慌不忙地 一路唱着歌 弯弯曲曲地 闪着光 带着落花 绕过石头'),
  },
  rows: table(
    'water from to beside fish',
    `
    小溪 | 山谷里 | 村前的池塘 | 几棵老柳树 | 小虾
    长江 | 雪山上 | 大海 | 许多城镇 | 鲟鱼
    黄河 | 高原上 | 东边的海 | 一片片黄土坡 | 鲤鱼
    门前的河 | 北边的山里 | 南边的湖 | 一排青砖老屋 | 鲫鱼
    山泉 | 石缝里 | 山下的稻田 | 一丛翠竹 | 小石斑
    运河 | 北方的平原 | 江南的水乡 | 粮仓和码头 | 白鲢
    瀑布 | 断崖上 | 深深的水潭 | 湿滑的青苔 | 银色的小鱼
    雨水 | 屋檐下 | 院里的水缸 | 一盆兰草 | 两条锦鲤
    春水 | 解冻的冰下 | 新翻的田里 | 刚发芽的柳树 | 蝌蚪`,
  ),
  templates: lines(`
    {water}从{from}流出来，{how}流向{to}。
    {time}，{who}站在{water}边，看水{how}流过。
    {water}旁边有{beside}，水里有{fish}。
    {who}说，{water}记得每一个从{from}来的人。
    {time}的{water}最好看，水面上全是光。
    {who}问{water}要去哪里，{water}说，去{to}。
    没有{water}，就没有{beside}，也没有{to}边的人家。
    {time}，{fish}跳出水面，{who}笑了。
    {who}把一只纸船放进{water}里，看它{how}漂向{to}。
    {beside}的影子落在{water}里，{fish}从影子里游过。
    走了很远的路，{who}在{water}边坐下，洗了洗脚。
    {time}，{water}要流到哪里去？{who}说，去{to}。
    {water}{how}走着，从来不问路有多远。`),
}

const sky: Frame = {
  bank: {
    who: words('我 妹妹 爷爷 牧羊人 船长 守夜的人 老师 远行的人 祖母 小女孩 种瓜的人 天文学家 赶路的商人 诗人'),
    place: words('屋顶上 草垛上 船头 山顶 窗前 麦田边 沙漠里 井边 城墙上 晒谷场上 湖心亭里 山寺门前'),
  },
  rows: table(
    'thing like does when',
    `
    月亮 | 一只银盘子 | 照着回家的路 | 夜里
    弯月 | 一把镰刀 | 挂在树梢上 | 天黑以后
    北斗 | 一只大勺子 | 指着北方 | 晴朗的夜里
    银河 | 一条发光的河 | 从山这边流到山那边 | 夏天的夜里
    太阳 | 一个滚烫的轮子 | 叫醒了公鸡和庄稼 | 清早
    流星 | 一根划亮的火柴 | 一下子就不见了 | 半夜里
    晚霞 | 一匹红绸子 | 把河水染成了金色 | 傍晚
    彩虹 | 一座弯弯的桥 | 架在两座山之间 | 雨停的时候
    乌云 | 一床厚棉被 | 带来了一场大雨 | 起风的时候
    白云 | 一群绵羊 | 从山顶上慢慢走过 | 中午
    启明星 | 一盏小灯 | 等着天亮 | 黎明之前
    闪电 | 一条银鞭子 | 把黑夜劈成两半 | 下暴雨的时候
    薄雾 | 一层轻纱 | 遮住了对岸的村子 | 早晨
    雪花 | 撕碎的信纸 | 盖住了所有的脚印 | 冬天的夜里
    雷声 | 天上的大鼓 | 催着人们收衣服 | 夏天的午后
    夕阳 | 一枚熟透的柿子 | 落到山背后去了 | 放学的时候`,
  ),
  templates: lines(`
    {when}，{thing}像{like}，{does}。
    {who}坐在{place}，看{thing}{does}。
    {who}说，{thing}是{like}，谁也拿不走。
    {when}，{who}在{place}抬起头，看见了{thing}。
    {thing}{does}，{who}在{place}睡着了。
    小时候，{who}以为{thing}是{like}。
    {who}画了一张画，画里有{thing}，还有{place}的一个人影。
    在{place}看{thing}，比在屋里看要亮得多。
    {when}，天上那像{like}的是什么？{who}说，是{thing}。
    {thing}不说话，只是{does}。
    {who}问：“{thing}为什么像{like}？”没有人回答。
    {when}最安静，{thing}{does}，{place}没有一点声音。`),
}

const trees: Frame = {
  bank: {
    place: words('村口 庙前 学校门口 山路边 老井旁 院墙边 河堤上 坟前 渡口 后山'),
    who: words('爷爷 外婆 我 弟弟 守林人 邻居家的女儿 过路的和尚 木匠 种树的人 回乡的老兵'),
    bird: words('喜鹊 麻雀 黄莺 燕子 斑鸠 乌鸦 画眉 白头翁 啄木鸟 杜鹃'),
  },
  rows: table(
    'tree part season use',
    `
    槐树 | 白色的花 | 五月 | 蒸槐花饭
    柳树 | 细长的枝条 | 三月 | 编篮子
    枣树 | 红红的枣子 | 八月 | 做枣糕
    桂花树 | 金色的小花 | 中秋 | 酿桂花酒
    梧桐 | 宽大的叶子 | 夏天 | 做琴
    松树 | 尖尖的针叶 | 冬天 | 烧火取暖
    竹子 | 笔直的竿 | 清明 | 做笛子和竹筐
    桑树 | 嫩绿的叶子 | 春末 | 养蚕
    枫树 | 火红的叶子 | 霜降 | 夹在书里
    梅树 | 带雪的花 | 腊月 | 插在瓶里
    桃树 | 粉红的花 | 二月 | 做桃酱
    柿子树 | 灯笼一样的果子 | 十月 | 晒柿饼
    银杏 | 扇子一样的叶子 | 深秋 | 做书签
    茶树 | 带露水的嫩芽 | 谷雨 | 炒新茶`,
  ),
  templates: lines(`
    {place}有一棵{tree}，{season}的时候，{part}最好看。
    {who}在{place}种下一棵{tree}，说将来可以{use}。
    {bird}在{tree}上做了窝，{who}从不去惊动它。
    {season}，{who}捡起{part}，拿回家{use}。
    这棵{tree}比{who}的年纪还大，{bird}年年都来。
    风一吹，{tree}的{part}就动起来，像在和{who}打招呼。
    {who}靠着{place}的{tree}，听{bird}唱歌。
    {tree}不会走路，可是{who}走到哪里都想着它。
    等到{season}，{place}的{tree}会告诉你时间。
    {who}教我认{tree}，先看{part}，再摸树皮。`),
}

export const natureFrames: readonly Frame[] = [seasons, rivers, sky, trees]
