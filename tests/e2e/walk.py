"""One county's walk from the upload of a document to the figures, as a list of steps.

Each step is one function on the walk; whatever a service does between two of them, the next one
goes on from what was acknowledged.
"""

import datetime

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
COUNTY = "divisions/370126"

# The plan is always that of the present year, so that what is due at its end is never late.
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
	平台管理
	维护公开栏目。
	县政府办公室
	长期坚持

"""


def now():
    """The present moment in the form of the API's timestamps, to be compared as text."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Walk:
    def __init__(self, stack):
        self._stack = stack
        self._year = datetime.datetime.now(SHANGHAI).year
        self._plan = None
        self._units = {}
        self._lead = None
        self._occurrence = None
        self._document = None

    def steps(self):
        return (
            self.add_units, self.upload, self.issue, self.claim, self.file_measures, self.report,
            self.submit, self.return_it, self.report_again, self.submit_again, self.verify,
            self.publish_document, self.publish_interpretations,
        )

    def take(self, step):
        step()
        self._acknowledged = now()

    def overview(self, division=COUNTY, **query):
        """The figures, with everything that was acknowledged so far in them."""
        self._stack.figures_as_of(self._acknowledged)
        overview = self._stack.api.get(
            f"{division}/overview", year=self._year, asOfDate=f"{self._year}-12-31", **query
        )
        # The one field that tells when it was asked.
        overview.pop("currentAsOf")
        return overview

    def heads(self):
        self._stack.figures_as_of(self._acknowledged)
        listed = self._stack.api.get(f"{COUNTY}/headInterpretations", year=self._year)
        return {
            head["displayName"]: head.get("count", 0) for head in listed["headInterpretations"]
        }

    def forms(self):
        self._stack.figures_as_of(self._acknowledged)
        return self._stack.api.get(f"{COUNTY}/documentForms", year=self._year)["documentForms"]

    def add_units(self):
        created = self._post(
            f"{COUNTY}/units:batchCreate",
            units=[
                {"displayName": "县政府办公室", "kind": "DEPARTMENT"},
                {"displayName": "县财政局", "kind": "DEPARTMENT"},
            ],
        )
        self._units = {unit["displayName"]: unit["name"] for unit in created["units"]}

    def upload(self):
        document = DOCUMENT.format(year=self._year).encode()
        plan = self._stack.api.upload(f"{COUNTY}/plans:import", document)
        assert plan["state"] == "DRAFT" and plan["taskCount"] == 3, plan
        source = self._stack.api.call("GET", f"/v1/{plan['name']}/source")
        assert source == document, "the document is not kept to the byte"
        self._plan = plan["name"]

    def issue(self):
        issued = self._post(
            f"{self._plan}:issue",
            issueDate=f"{self._year}-01-01",
            claimDeadline=f"{self._year}-12-31", filingDeadline=f"{self._year}-12-31",
        )
        assert issued["state"] == "ISSUED", issued
        assignments = list(self._stack.api.items(
            f"{self._plan}/tasks/1/assignments", "assignments"
        ))
        (lead,) = [item for item in assignments if item["role"] == "LEAD"]
        assert lead["unit"] == self._units["县政府办公室"], lead
        self._lead = lead["name"]
        (occurrence,) = self._stack.api.items(f"{self._lead}/occurrences", "occurrences")
        self._occurrence = occurrence["name"]

    def claim(self):
        assert self._post(f"{self._lead}:claim")["state"] == "CLAIMED"

    def file_measures(self):
        filed = self._post(
            f"{self._lead}:fileMeasures",
            measures="按月收集数据。", section="秘书科", person="李某", contact="0531-00000000",
        )
        assert filed["state"] == "FILED", filed
        assert filed["contact"] != "0531-00000000", "the contact is shown unmasked"

    def report(self):
        self._report("初稿已完成。", [])

    def submit(self):
        assert self._post(f"{self._occurrence}:submit")["state"] == "SUBMITTED"

    def return_it(self):
        returned = self._post(f"{self._occurrence}:return", comment="缺少佐证材料。")
        assert returned["state"] == "RETURNED", returned

    def report_again(self):
        self._report("已公布。", [{"url": "https://www.example.gov.cn/nianbao.html"}])

    def submit_again(self):
        submitted = self._post(f"{self._occurrence}:submit")
        assert submitted["state"] == "SUBMITTED" and submitted["reportCount"] == 2, submitted

    def verify(self):
        assert self._post(f"{self._occurrence}:verify")["state"] == "VERIFIED"

    def publish_document(self):
        created = self._post(
            f"{COUNTY}/policyDocuments",
            title="关于公布财政补贴办法的通知", unit=self._units["县财政局"], issuingLevel="UNIT",
            publishDate=f"{self._year}-01-02", disclosure="PROACTIVE", mustInterpret=True,
        )
        self._document = created["name"]

    def publish_interpretations(self):
        for number, form in enumerate(("TEXT", "CHART"), start=1):
            self._post(
                f"{COUNTY}/interpretations",
                title="解读财政补贴办法", unit=self._units["县财政局"], form=form,
                interpreter="PRINCIPAL_HEAD", policyDocuments=[self._document],
                publishDate=f"{self._year}-01-03",
                url=f"https://www.example.gov.cn/jiedu/{number}.html",
            )

    def _post(self, path, **fields):
        return self._stack.api.post(path, fields)

    def _report(self, text, evidence):
        self._post(f"{self._occurrence}/progressReports", text=text, evidence=evidence)
