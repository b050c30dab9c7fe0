"""Figures: every form that the five documents hold, the forms beside them, and what is no figure."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.quantities import Quantity, find_quantities, parse_quantity

# document | words around | figure | comparator | low | high | unit; a # line is the reason for those below.
REAL = """
# a figure standing free is exactly that figure
dezhou-2020 | 年底前全市开通5G基站1500个 | 1500个 | eq | 1500 | 1500 | 个
dezhou-2020 | 全面启动12个主题库建设 | 12个 | eq | 12 | 12 | 个
dongying-2022 | 建成并开通5g基站2000个 | 2000个 | eq | 2000 | 2000 | 个
dongying-2022 | 数据资源3张清单 | 3张 | eq | 3 | 3 | 张
dongying-2022 | 上云标杆企业10家 | 10家 | eq | 10 | 10 | 家
dongying-2022 | 省级化工产业智能化改造标杆园区1个 | 1个 | eq | 1 | 1 | 个
dongying-2022 | 推进 1个省级新型大中型数据中心建设,11个省级新型边缘 | 1个; 11个 | eq | 1 | 1 | 个
jinan-2019 | 依申请政务服务事项达到30项 | 30项 | eq | 30 | 30 | 项
jinan-2019 | 50所教育信息化中小学示范校 | 50所 | eq | 50 | 50 | 所
jinan-2019 | 完成80%全市涉农行政村益农信息社建设任务 | 80% | eq | 80 | 80 | %
jinan-2019 | 力争基层办事100%实现网上证明开具 | 100% | eq | 100 | 100 | %
# 达到, 达, 均达到 only introduce the figure: the span begins behind them
dezhou-2020 | 固定宽带家庭普及率达93% | 93% | eq | 93 | 93 | %
dezhou-2020 | FTTH/O用户占比达到92% | 92% | eq | 92 | 92 | %
dezhou-2023 | 占GDP比重力争达到3% | 3% | eq | 3 | 3 | %
dongying-2022 | 覆盖率及联网率均达到50% | 50% | eq | 50 | 50 | %
# blanks inside a figure belong to it
dezhou-2020 | 集成服务不少于 100 项 | 不少于 100 项 | ge | 100 | - | 项
dezhou-2020 | 推出 100 项“一链办理” | 100 项 | eq | 100 | 100 | 项
dezhou-2020 | 数字校园建设覆盖率超过 90% | 超过 90% | gt | 90 | - | %
# 超过 and 突破 mean strictly more
dezhou-2020 | 数字校园建设覆盖率超过90% | 超过90% | gt | 90 | - | %
dongying-2022 | 数字经济总量增幅超过11% | 超过11% | gt | 11 | - | %
dongying-2022 | 智能网联公共充电桩突破3500个 | 突破3500个 | gt | 3500 | - | 个
dongying-2022 | 固定终端占比力争超过50% | 超过50% | gt | 50 | - | %
jinan-2019 | 政府开放数据集超过3000项 | 超过3000项 | gt | 3000 | - | 项
qingdao-2020 | 在目前部門共享滿足率超過97%的基礎上 | 超過97% | gt | 97 | - | %
# 不低于, 不少于 and 以上 include the figure itself
dezhou-2020 | 年内孵化10个以上创业团队 | 10个以上 | ge | 10 | - | 个
dezhou-2020 | 全市服务事项接入不低于200项 | 不低于200项 | ge | 200 | - | 项
dezhou-2023 | 每年打造不少于300个大数据应用场景 | 不少于300个 | ge | 300 | - | 个
dezhou-2023 | 智慧社区覆盖率达到90%以上 | 90%以上 | ge | 90 | - | %
dezhou-2023 | 80%以上的农村家庭具备千兆接入能力 | 80%以上 | ge | 80 | - | %
dongying-2022 | 每季度开展不少于2次集中宣传 | 不少于2次 | ge | 2 | - | 次
dongying-2022 | 争创省级以上智能制造试点示范5个以上 | 5个以上 | ge | 5 | - | 个
dongying-2022 | 实现500千伏及以上输电通道可视化 | 500千伏及以上 | ge | 500 | - | 千伏
dongying-2022 | 前端感知设备智能化占比不低于60% | 不低于60% | ge | 60 | - | %
jinan-2019 | 其中高中阶段智慧学校15所以上 | 15所以上 | ge | 15 | - | 所
jinan-2019 | 全市农村100Mbps以上固定宽带用户 | 100Mbps以上 | ge | 100 | - | Mbps
jinan-2019 | 基层医疗机构不少于150所 | 不少于150所 | ge | 150 | - | 所
qingdao-2020 | 年底前實現不少于2000項審批(服務)事項 | 不少于2000項 | ge | 2000 | - | 项
qingdao-2020 | 組織新增20類以上電子證照 | 20類以上 | ge | 20 | - | 类
# 左右 and 约 are approximate, 余 says that there are more
dezhou-2020 | 为小微企业培训千名左右技术人员 | 千名左右 | approx | 1000 | 1000 | 名
dezhou-2020 | 建成8个左右的智慧农业应用基地 | 8个左右 | approx | 8 | 8 | 个
qingdao-2020 | 參賽作品約8000次 | 約8000次 | approx | 8000 | 8000 | 次
qingdao-2020 | 阿里等2300余個團隊參賽 | 2300余個 | gt | 2300 | - | 个
# two figures joined by any dash are a range
dezhou-2020 | 支持建设3-5个市级数字经济园区 | 3-5个 | range | 3 | 5 | 个
dongying-2022 | 软件工程技术中心1-2家 | 1-2家 | range | 1 | 2 | 家
jinan-2019 | 在全省争创1—2个示范性样板社区 | 1—2个 | range | 1 | 2 | 个
# 万 and 亿 are multiplied out, and money is in 元
dongying-2022 | 营业收入突破60亿元 | 突破60亿元 | gt | 6e9 | - | 元
dongying-2022 | 10g pon及以上端口数超过1.2万个 | 超过1.2万个 | gt | 12000 | - | 个
dongying-2022 | 物联网终端总数达到2000万个 | 2000万个 | eq | 2e7 | 2e7 | 个
qingdao-2020 | 主營業務收入達到260億。 | 260億 | eq | 2.6e10 | 2.6e10 |
# 前 and 各 stand before a count; how many groups 各 means is for the coder
dezhou-2023 | 使用频率较高的前100项电子证照 | 100项 | eq | 100 | 100 | 项
dongying-2022 | 经常使用的前120项证照证明电子化 | 120项 | eq | 120 | 120 | 项
jinan-2019 | 面向企业和群众各50项主题式服务 | 50项 | eq | 50 | 50 | 项
# numbers in words count when a measure word follows
dezhou-2023 | “检查实施”两个清单应领尽领 | 两个 | eq | 2 | 2 | 个
jinan-2019 | 四个综合业务支撑系统 | 四个 | eq | 4 | 4 | 个
jinan-2019 | 污水处理管理九大业务系统建设 | 九大 | eq | 9 | 9 | 大
qingdao-2020 | 創新三項市場化改革 | 三項 | eq | 3 | 3 | 项
# a speed stands in front of what has it, and a year behind a count
dezhou-2020 | 开展1000M极速体验 | 1000M | eq | 1000 | 1000 | M
qingdao-2020 | 國際特別創新區3個2019年省級數字經濟 | 3個 | eq | 3 | 3 | 个
"""

# Words of the documents without any figure in them.
NONE = [
    ("jinan-2019", "济政办发〔2019〕21号", "document number"),
    ("dezhou-2020", "(鲁政办字202047号)", "document number that lost its brackets"),
    ("jinan-2019", "(2019-2022年)", "years of a plan"),
    ("dezhou-2023", "发布时间:2023-04-05", "date in figures"),
    ("dongying-2022", "2022-07-07 18:45 打印", "date and time"),
    ("dongying-2022", "14.优化智慧出行服务。", "section number"),
    ("qingdao-2020", "(二)“數字政府”建設主線", "section number in words"),
    ("qingdao-2020", "十九屆二中、三中、四中全會", "congress and sessions"),
    ("dezhou-2023", "党的二十大精神", "congress, not twenty large things"),
    ("dezhou-2020", "统筹推进移动和固定网络的IPv6发展,加快5G组网", "names with figures"),
    ("dongying-2022", "10g pon、h5方式、g516、g220、s316等国省道,一朵云2.0", "names with figures"),
    ("jinan-2019", "完善“1+6+N”数据资源体系,“1114+N”体系,5A经办服务", "names with figures"),
    ("jinan-2019", "12345市民服务热线,119、120、网格化", "telephone numbers"),
    ("dezhou-2023", "电话:0534-2687576 鲁ICP备05030298号", "telephone and register numbers"),
    ("dongying-2022", "高标准完成全省四星级新型智慧城市试点", "grade"),
    ("dongying-2022", "二级以上公立医院,三级综合医院,市县乡三级平台", "grades and levels"),
    ("dezhou-2020", "做好第一批省级试点建设,开展第二批试点", "ordinals"),
    ("dezhou-2020", "推动第三代社保卡应用,互联网协议第六版", "ordinals"),
    ("dezhou-2020", "培育一批电商龙头企业,构建“一个平台、一个号(码)”", "一 is indefinite"),
    ("dongying-2022", "“一人一号”全覆盖,“无证明城市”", "一 in a slogan"),
    ("qingdao-2020", "增強“四個意識”、堅定“四個自信”、做到“兩個維護”", "slogans in quotation marks"),
    ("dezhou-2020", "参与“个十百”工业互联网平台培育、“万人百企”活动", "slogans in quotation marks"),
    ("dezhou-2020", "推动城市千兆宽带网络接入和“百兆乡村”建设", "names of bandwidths"),
    ("dezhou-2020", "深挖一二三产业平台经济新模式", "sectors of the economy"),
    ("dongying-2022", "nb-iot(窄带物联网)百万级连接规模", "an order of magnitude"),
    ("dongying-2022", "东营区六户镇、广饶县大王镇", "name of a town"),
    ("jinan-2019", "开展新型智慧城市达标创优三年行动,经过4年努力", "lengths of time"),
    ("dezhou-2020", "7月中旬前完成,12底前实现,9 月底前", "dates"),
]

# Forms that the documents at hand do not hold but their kind does.
OTHER = [
    ("百分之九十", Quantity("eq", 90, 90, "%"), "percent in words"),
    ("百分之九十五以上", Quantity("ge", 95, None, "%"), "percent in words with a bound"),
    ("百分之三点五", Quantity("eq", 3.5, 3.5, "%"), "decimal percent in words"),
    ("三分之二以上", Quantity("ge", 66.6666666666667, None, "%"), "a fraction is a share"),
    ("翻番", Quantity("eq", 2, 2, "倍"), "doubling"),
    ("翻一番", Quantity("eq", 2, 2, "倍"), "doubling once is twice as much"),
    ("翻两番", Quantity("eq", 4, 4, "倍"), "doubling twice is four times as much"),
    ("３０％以上", Quantity("ge", 30, None, "%"), "full-width"),
    ("1,500个", Quantity("eq", 1500, 1500, "个"), "thousands separator"),
    ("1～2个", Quantity("range", 1, 2, "个"), "wave dash"),
    ("1–2个", Quantity("range", 1, 2, "个"), "en dash"),
    ("3至5家", Quantity("range", 3, 5, "家"), "至 joins a range"),
    ("10%-20%", Quantity("range", 10, 20, "%"), "unit on both sides"),
    ("1-2万个", Quantity("range", 10_000, 20_000, "个"), "the scale is said once for both"),
    ("5000-1万个", Quantity("range", 5_000, 10_000, "个"), "the scale belongs to the second alone"),
    ("约3-5个", Quantity("range", 3, 5, "个"), "an approximate range is a range"),
    ("20 余家", Quantity("gt", 20, None, "家"), "a blank before 余"),
    ("不少于　100\u00a0项", Quantity("ge", 100, None, "项"), "wide and unbreakable blanks"),
    ("100余万元", Quantity("gt", 1e6, None, "元"), "余 inside the number"),
    ("近百家", Quantity("approx", 100, 100, "家"), "近 before a bare 百"),
    ("接近20个", Quantity("approx", 20, 20, "个"), "接近"),
    ("千分之五", Quantity("eq", 5, 5, "‰"), "per mille in words"),
    ("大约20个", Quantity("approx", 20, 20, "个"), "大约"),
    ("不超过3天", Quantity("le", None, 3, "天"), "upper bound before"),
    ("5小时以内", Quantity("le", None, 5, "小时"), "upper bound behind"),
    ("10%以下", Quantity("le", None, 10, "%"), "以下 includes the figure"),
    ("5个（含）以上", Quantity("ge", 5, None, "个"), "inclusion said in brackets"),
    ("低于5%", Quantity("lt", None, 5, "%"), "strictly less"),
    ("不高于5%", Quantity("le", None, 5, "%"), "不高于 is not 高于"),
    ("不低于90%以上", Quantity("ge", 90, None, "%"), "said twice"),
    ("超过90%以上", Quantity("gt", 90, None, "%"), "the stricter of two bounds holds"),
    ("至少达到90%", Quantity("ge", 90, None, "%"), "达到 may stand between"),
    ("5个百分点", Quantity("eq", 5, 5, "个百分点"), "percentage points are not percent"),
    ("100mbps", Quantity("eq", 100, 100, "Mbps"), "lower-cased text"),
    ("一倍以上", Quantity("ge", 1, None, "倍"), "一倍 is a figure although 一个 is not"),
    ("三千五百个", Quantity("eq", 3500, 3500, "个"), "words"),
    ("1亿2000万元", Quantity("eq", 1.2e8, 1.2e8, "元"), "figures and scales by turns"),
    ("4.35万个", Quantity("eq", 43_500, 43_500, "个"), "exact, without binary dust"),
    ("⼗个", Quantity("eq", 10, 10, "个"), "a radical, as PDF copies write it"),
    ("壹佰贰拾个", Quantity("eq", 120, 120, "个"), "banker's numerals"),
    ("廿余家", Quantity("gt", 20, None, "家"), "an old ten"),
    ("卅个以上", Quantity("ge", 30, None, "个"), "another"),
    ("⑩个", Quantity("eq", 10, 10, "个"), "a circled number"),
    ("〸家", Quantity("eq", 10, 10, "家"), "a Suzhou numeral"),
    ("陆家以上", Quantity("ge", 6, None, "家"), "陆 counts before a unit"),
    ("不少于⑿项", Quantity("ge", 12, None, "项"), "a bracketed number"),
    ("５０％以上", Quantity("ge", 50, None, "%"), "full-width figures and sign"),
    ("九成以上", Quantity("ge", 90, None, "%"), "tenths are per cent"),
    ("9成", Quantity("eq", 90, 90, "%"), "in figures"),
    ("超八成", Quantity("gt", 80, None, "%"), "with a bound before"),
    ("七成五", Quantity("eq", 75, 75, "%"), "tenths and hundredths"),
    ("两成半", Quantity("eq", 25, 25, "%"), "tenths and a half"),
    ("三至五成", Quantity("range", 30, 50, "%"), "a range of tenths"),
    ("九成多", Quantity("gt", 90, None, "%"), "and an open rest"),
    ("两倍多", Quantity("gt", 2, None, "倍"), "of a multiple too"),
    ("一〇〇个", Quantity("eq", 100, 100, "个"), "figure by figure, with the round nought"),
    ("一成", Quantity("eq", 10, 10, "%"), "one tenth is a figure"),
    ("半数以上", Quantity("ge", 50, None, "%"), "half and more"),
    ("超过半数", Quantity("gt", 50, None, "%"), "more than half"),
    ("过半", Quantity("gt", 50, None, "%"), "so too"),
    ("过半数", Quantity("gt", 50, None, "%"), "and so"),
    ("一半", Quantity("eq", 50, 50, "%"), "half"),
    ("不少于一半", Quantity("ge", 50, None, "%"), "at least half"),
    ("近半", Quantity("approx", 50, 50, "%"), "nearly half"),
    ("½以上", Quantity("ge", 50, None, "%"), "in one sign"),
    ("两倍半", Quantity("eq", 2.5, 2.5, "倍"), "twice and a half"),
    ("一个半", Quantity("eq", 1.5, 1.5, "个"), "one and a half"),
    ("一个半小时以内", Quantity("le", None, 1.5, "个小时"), "of an hour"),
    ("半小时以内", Quantity("le", None, 0.5, "小时"), "half an hour"),
    ("半个百分点", Quantity("eq", 0.5, 0.5, "个百分点"), "half a point"),
    ("十分之三", Quantity("eq", 30, 30, "%"), "tenths in words"),
    ("万分之五以下", Quantity("le", None, 5, "‱"), "per ten thousand"),
    ("5‱", Quantity("eq", 5, 5, "‱"), "its sign"),
    ("3‰", Quantity("eq", 3, 3, "‰"), "per mille"),
    ("翻倍", Quantity("eq", 2, 2, "倍"), "doubling"),
    ("3个月以内", Quantity("le", None, 3, "个月"), "months, not things"),
]

# A whole phrase may also hold the neutral words that a span leaves out.
NEUTRAL = ["达到90%", "均达到90%", "达90%", "到90%", "为90%", "实现90%", "各90%", "前90%", "達到90%"]

REFUSED = [
    ("", "no numeral"),
    ("全覆盖", "no numeral"),
    ("一批", "indefinite"),
    ("一人", "indefinite"),
    ("一个", "indefinite"),
    ("20幢", "幢"),
    ("打造20个以上典型场景", "打造"),
    ("第二批", "第"),
    ("3-1个", "range"),
    ("3-3个", "range"),
    ("不少于3-5个", "a range takes no bound"),
    ("不少于20个以下", "contradict"),
    ("一二三个", "cannot be read as a number"),
    ("零分之一", "zero"),
    ("0534-2687576", "could not be read"),
    ("90%,", "could not be read"),
    ("几成", "no numeral"),
    ("十二成", "ten tenths"),
    ("半年", "no numeral"),
    ("半导体", "no numeral"),
    ("10²个", "²个"),
    ("1" * 100 + "个", "cannot be read as a number"),
    ("1" * 400 + "个", "too long"),
]


def real_cases() -> list[tuple[str, ...]]:
    """Return the rows of `REAL`, each with its reason."""
    cases: list[tuple[str, ...]] = []
    reason = ""
    for line in REAL.strip().splitlines():
        if line.startswith("# "):
            reason = line[2:]
            continue
        document, around, words, comparator, low, high, unit = (cell.strip(" ") for cell in line.split("|"))
        cases.append((document, around, words, comparator, low, high, unit, reason))
    return cases


def side(cell: str) -> float | None:
    return None if cell == "-" else float(cell)


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: f"{case[0]}: {case[2]}")
def test_the_figures_of_the_documents(case: tuple[str, ...]) -> None:
    document, around, words, comparator, low, high, unit, reason = case
    found = find_quantities(around)
    assert [span.slice(around) for span, _ in found] == words.split("; "), f"{document}: {reason}"
    first = Quantity(comparator, side(low), side(high), unit)  # type: ignore[arg-type]
    assert found[0][1] == first, f"{document}: {reason}"
    assert parse_quantity(words.split("; ")[0]) == first, f"{document}: {reason}"


@pytest.mark.parametrize(("document", "words", "reason"), NONE)
def test_what_the_documents_hold_that_is_no_figure(document: str, words: str, reason: str) -> None:
    assert find_quantities(words) == [], f"{document}: {reason}"


@pytest.mark.parametrize(("words", "expected", "reason"), OTHER)
def test_other_forms(words: str, expected: Quantity, reason: str) -> None:
    assert parse_quantity(words) == expected, reason
    sentence = f"力争,{words},并"
    assert [(span.slice(sentence), found) for span, found in find_quantities(sentence)] == [(words, expected)]


@pytest.mark.parametrize("words", NEUTRAL)
def test_neutral_words_are_read_over(words: str) -> None:
    assert parse_quantity(words) == Quantity("eq", 90, 90, "%")


@pytest.mark.parametrize("words", ["8个左右的", "90%以上的"])
def test_a_closing_de_is_read_over(words: str) -> None:
    assert parse_quantity(words) == parse_quantity(words.removesuffix("的"))


@pytest.mark.parametrize(("words", "complaint"), REFUSED)
def test_a_phrase_that_is_not_one_figure_is_refused_with_the_words_at_fault(
    words: str, complaint: str
) -> None:
    with pytest.raises(CompareError, match="is not one figure") as caught:
        parse_quantity(words)
    assert complaint in str(caught.value).split("is not one figure", 1)[1]


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("节约30%能耗", "30%", "节约 is to save, 约 is no comparator in it"),
        ("附近3家医院", "3家", "附近 is nearby"),
        ("1.5万人次,5人工智能", "1.5万人次", "人工 is no unit"),
        ("每10万人拥有3台", "3台", "每10万人 is the denominator"),
        ("100项到2025年翻番", "100项; 翻番", "到 opens a date here, not a range"),
        ("目标12,345,678个", "12,345,678个", "separators belong to one number"),
        ("分别建成5，100个", "100个", "a full-width comma parts two numbers"),
        ("共1,50项", "", "a separator in the wrong place"),
        ("10万级连接规模", "", "an order of magnitude"),
        ("数十个、几十家、第3个", "", "vague or ordinal"),
        ("2019年至2022年建成5个", "5个", "a period is no range of things"),
        ("①100个社区;②5个镇", "100个; 5个", "numbers of a list never join a figure"),
        ("①个人信息", "", "nor count what they head"),
        ("Ⅱ类地表水", "", "a class"),
        ("队伍5支,内陆港1个", "5支; 1个", "words that hold 伍 and 陆"),
        ("三成果、十二成员、一成不变、完成5个", "5个", "words that hold 成"),
        ("半年内、上半年、半导体、半径5公里", "5公里", "words that hold 半"),
        ("经过半年、通过半自动化、不过半", "", "words that hold 过半"),
        ("超过半小时的办结时间", "超过半小时", "half an hour, not half of all"),
        ("3家企业过半投产", "3家; 过半", "half of them"),
        ("超过12成、不超过12成", "", "no share is more than ten tenths, from either side"),
        ("一二个、70个", "70个", "what cannot be read hides nothing after it"),
    ],
)
def test_what_stands_beside_a_figure_decides(text: str, words: str, reason: str) -> None:
    assert "; ".join(span.slice(text) for span, _ in find_quantities(text)) == words, reason


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [("eq", 1, None), ("eq", 1, 2), ("approx", None, 1), ("ge", None, 1), ("gt", 1, 1), ("le", 1, None)]
    + [("lt", 1, 1), ("range", 2, 1), ("range", 1, None)],
)
def test_a_quantity_whose_sides_do_not_fit_cannot_be_made(
    comparator: str, low: float | None, high: float | None
) -> None:
    with pytest.raises(CompareError):
        Quantity(comparator, low, high, "个")  # type: ignore[arg-type]


NOISE = st.text(
    alphabet="0123456789.,-—至到 %％个項家元万亿十百千一二两三第约近超过不低于以上左右余多翻番分之年G“”(\n，"
)
PIECES = st.lists(
    st.sampled_from([case[1] for case in real_cases()] + [words for _, words, _ in NONE]), max_size=6
)


@settings(derandomize=True, max_examples=400)
@given(st.one_of(NOISE, st.text(), PIECES.map("。".join)))
def test_finding_never_fails_and_agrees_with_parsing(text: str) -> None:
    end = 0
    for span, found in find_quantities(text):
        assert end <= span.start < span.end <= len(text)
        assert parse_quantity(span.slice(text)) == found
        end = span.end


@settings(derandomize=True)
@given(PIECES, st.sampled_from(["落实。", "See above. ", "𠮷。", "\n"]), st.integers(0, 5))
def test_padding_shifts_spans_exactly(pieces: list[str], pad: str, times: int) -> None:
    text, padding = "。".join(pieces), pad * times
    shifted = [(span.shift(len(padding)), found) for span, found in find_quantities(text)]
    assert find_quantities(padding + text + "。" + pad) == shifted


@settings(derandomize=True)
@given(NOISE)
def test_parsing_is_read_or_refused_with_our_own_error(text: str) -> None:
    with contextlib.suppress(CompareError):
        parse_quantity(text)


@settings(derandomize=True)
@given(st.integers(0, 10**9), st.sampled_from(["个", "%", "家", "Mbps"]))
def test_a_bound_keeps_its_number_on_the_right_side(number: int, unit: str) -> None:
    at_least, at_most = parse_quantity(f"不少于{number}{unit}"), parse_quantity(f"不超过{number}{unit}")
    assert (at_least.low, at_least.high, at_most.low, at_most.high) == (number, None, None, number)


@pytest.mark.parametrize(
    "piece",
    [
        "一",
        "1",
        "1,",
        "1万",
        "亿",
        "一点",
        "十分之",
        "半",
        "九成",
        "1-",
        "约",
        "①",
        "翻",
        "过半",
        "壹佰",
        "(",
        "个半",
    ],
)
def test_a_long_text_takes_no_deeper_calls_than_a_short_one(piece: str) -> None:
    """A run of what opens a figure is looked at once: no more figures than pieces, and no error but ours."""
    text = piece * 5000
    assert len(find_quantities(text)) <= 5000
    with pytest.raises(CompareError, match="is not one figure: it is too long for one"):
        parse_quantity(text)
