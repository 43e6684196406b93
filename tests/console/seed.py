"""What the browser finds: one county in the midst of its year, over the public API."""

import datetime

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
COUNTY = "divisions/370126"
REPORT = "已按要求公布，内容与原件核对一致。"
EVIDENCE_TITLE = "公布页面"

UNITS = (
    ("县政府办公室", "DEPARTMENT"), ("县财政局", "DEPARTMENT"), ("县教育和体育局", "DEPARTMENT"),
    ("玉皇庙镇", "TOWN"), ("许商街道", "STREET"),
)

# The plan is always that of the present year.
DOCUMENT = """{year}年商河县政务公开工作方案

附件
{year}年商河县政务公开任务分解表
	序号
	工作任务
	具体要求
	责任单位
	完成时限

	1
	年度报告
	编制并公布年度报告。
	县政府办公室牵头，县财政局负责
	{year}年12月底前

	2
	财政信息
	公布财政收支情况。
	县财政局
	每季度

	3
	招生信息
	公布招生范围和办法。
	县教育和体育局
	{year}年6月30日前

	4
	村级公开
	公布村务财务情况。
	各镇（街道）
	每月

	5
	政策解读
	各部门主要负责人每年解读不少于2次。
	县政府办公室、县财政局、县教育和体育局
	{year}年12月底前

"""


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Seed:
    """Units, a plan in force, and the work of the finance bureau; the others have not begun."""

    def __init__(self, stack, api):
        """`api`: of somebody who may enter everything."""
        self._api = api
        self._stack = stack
        self.year = datetime.datetime.now(SHANGHAI).year

    def plant(self):
        """What the tests are told of it."""
        units = self._api.post(f"{COUNTY}/units:batchCreate", {
            "units": [{"displayName": name, "kind": kind} for name, kind in UNITS],
        })["units"]
        names = {unit["displayName"]: unit["name"] for unit in units}
        document = DOCUMENT.format(year=self.year).encode()
        plan = self._api.upload(f"{COUNTY}/plans:import", document, requestId="seed-plan")["name"]
        today = datetime.datetime.now(SHANGHAI).date()
        later = (today + datetime.timedelta(days=20)).isoformat()
        self._api.post(f"{plan}:issue", {
            "issueDate": f"{self.year}-01-02" if today.month > 1 else today.isoformat(),
            "claimDeadline": later, "filingDeadline": later,
        })
        self._work(names["县财政局"])
        self._stack.figures_as_of(now())
        figures = self._api.get("divisions/370000/overview", year=self.year)["total"]
        return {
            "county": COUNTY, "plan": plan, "units": names, "year": self.year, "figures": figures,
            "reportText": REPORT, "evidenceTitle": EVIDENCE_TITLE,
            "document": DOCUMENT.format(year=self.year).replace("商河县", "平阴县"),
        }

    def _work(self, unit):
        """Two tasks claimed and filed; of the quarters one verified, one returned, one submitted."""
        assignments = list(self._api.items(
            f"{COUNTY}/plans/-/tasks/-/assignments", "assignments", unit=unit))
        for assignment in assignments[:2]:
            self._api.post(f"{assignment['name']}:claim")
            self._api.post(f"{assignment['name']}:fileMeasures", {
                "measures": "每季度第一个月上旬收集数据，经审核后发布。", "section": "预算科",
                "person": "王某", "contact": "0531-80000000",
            })
        quarters = list(self._api.items(f"{assignments[1]['name']}/occurrences", "occurrences"))
        for number, quarter in enumerate(quarters[:3]):
            self._api.post(f"{quarter['name']}/progressReports", {
                "text": REPORT,
                "evidence": [{"url": f"https://www.example.gov.cn/{number}.html",
                              "title": EVIDENCE_TITLE}],
            })
            self._api.post(f"{quarter['name']}:submit")
        self._api.post(f"{quarters[0]['name']}:verify")
        self._api.post(f"{quarters[1]['name']}:return", {"comment": "缺少本期数据，请补充。"})
