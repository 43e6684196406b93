// Shows the figures of a division: of a province or city its counties, of a county its units.
// Everything is read over the JSON interface; texts go in as text, never as markup.
"use strict";

const RATIO_COLUMNS = [
  {key: "completion", title: "完成率"},
  {key: "onTime", title: "按时完成率"},
  {key: "overdueNotDone", title: "逾期未完成", count: true},
  {key: "claim", title: "认领率"},
  {key: "filing", title: "备案率"},
  {key: "headInterpretation", title: "主要负责人解读达标"},
  {key: "diversified", title: "多元化解读率"},
];

const byId = (id) => document.getElementById(id);

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

class ApiError extends Error {
  constructor(status, body) {
    const localized = (body.details || []).find((detail) => detail.locale === "zh-CN");
    super(localized ? localized.message : body.message || "服务没有说明原因");
    this.status = status;
  }
}

async function get(path) {
  let response;
  try {
    response = await fetch(path, {headers: {"Accept-Language": "zh-CN"}});
  } catch {
    throw new Error("连接不上服务器，请检查网络后刷新页面。");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

// 3 of 4 → 75.0; half rounds up. The service's own text is preferred where there is one.
function percent(ratio) {
  if (ratio.display) return ratio.display;
  return (Math.floor((ratio.numerator * 2000 + ratio.denominator) / (ratio.denominator * 2)) / 10)
    .toFixed(1) + "%";
}

function level(ratio) {
  if (ratio.numerator * 100 >= ratio.denominator * 90) return "good";
  return ratio.numerator * 100 >= ratio.denominator * 60 ? "fair" : "poor";
}

function ratioNodes(given) {
  const ratio = {numerator: 0, denominator: 0, ...given};
  if (ratio.denominator === 0) return [element("span", "ratio none", "不适用")];
  return [
    element("span", "ratio " + level(ratio), percent(ratio)),
    element("span", "parts", `${ratio.numerator}／${ratio.denominator}`),
  ];
}

function countNodes(count = 0) {
  return [element("span", "ratio " + (count > 0 ? "poor" : "none"), String(count))];
}

function figureNodes(figures, column) {
  const value = (figures || {})[column.key];
  return column.count ? countNodes(value) : ratioNodes(value);
}

function subjectNode(row) {
  const name = row.displayName || row.subject;
  const division = /^divisions\/(\d+)$/.exec(row.subject || "");
  if (!division) return element("span", "", name);
  const link = element("a", "", name);
  link.href = "?division=" + division[1];
  return link;
}

function showColumns(subjectTitle) {
  const cells = [subjectTitle, ...RATIO_COLUMNS.map((column) => column.title)].map((title) => {
    const cell = element("th", "", title);
    cell.scope = "col";
    return cell;
  });
  byId("columns").replaceChildren(...cells);
}

function rowNode(row) {
  const node = element("tr");
  const subject = element("th");
  subject.scope = "row";
  subject.append(subjectNode(row));
  node.append(subject);
  for (const column of RATIO_COLUMNS) {
    const cell = element("td");
    cell.append(...figureNodes(row.figures, column));
    node.append(cell);
  }
  return node;
}

function showSummary(total) {
  const cards = RATIO_COLUMNS.map((column) => {
    const card = element("div", "card");
    card.append(element("p", "label", column.title));
    const value = element("p", "value");
    value.append(...figureNodes(total, column));
    card.append(value);
    return card;
  });
  byId("summary").replaceChildren(...cards);
  byId("summary").hidden = false;
}

function showMessage(text, isError) {
  const message = byId("message");
  message.textContent = text;
  message.classList.toggle("error", Boolean(isError));
  message.setAttribute("role", isError ? "alert" : "status");
  message.hidden = text === "";
}

function showPath(parent) {
  if (!parent) return;
  const link = element("a", "", "返回上级");
  link.href = "?division=" + parent.split("/")[1];
  byId("path").replaceChildren(link);
}

function showOtherProvinces(provinces) {
  const links = provinces.map((province) =>
    subjectNode({subject: province.name, displayName: province.displayName}));
  byId("path").replaceChildren(...links);
}

// Whether a division or unit owes anything this year.
function hasFigures(figures) {
  return RATIO_COLUMNS.some((column) => {
    const value = (figures || {})[column.key];
    return column.count ? value > 0 : value && value.denominator > 0;
  });
}

function showRowsWithoutFigures(rows, subjectTitle) {
  if (rows.length === 0) return;
  byId("rest-title").textContent = `另有 ${rows.length} 个${subjectTitle}本年度尚无已印发的方案`;
  const links = rows.map((row) => {
    const item = element("li");
    item.append(subjectNode(row));
    return item;
  });
  byId("rest-rows").replaceChildren(...links);
  byId("rest").hidden = false;
}

function showOverview(overview, subjectTitle) {
  const name = overview.displayName || overview.division;
  const year = overview.year ? ` ${overview.year} 年` : "";
  document.title = `${name} · 政务公开工作台账`;
  byId("title").textContent = `${name}${year}政务公开任务完成情况`;
  byId("subtitle").textContent = overview.asOfDate ? `统计截至 ${overview.asOfDate}` : "";
  const rows = (overview.rows || []).filter((row) => hasFigures(row.figures));
  if (rows.length === 0) {
    showMessage("还没有可以统计的数据。\n导入并印发工作方案后，这里会显示各地各单位的完成情况。");
    return;
  }
  showMessage("");
  showSummary(overview.total);
  byId("caption").textContent = `${name}：${rows.length} 个${subjectTitle}`;
  showColumns(subjectTitle);
  byId("rows").replaceChildren(...rows.map(rowNode));
  byId("scroller").hidden = false;
  showRowsWithoutFigures((overview.rows || []).filter((row) => !hasFigures(row.figures)),
                         subjectTitle);
  byId("note").hidden = false;
}

// The provinces that have plans in force, in the order of their codes.
async function provincesWithFigures() {
  const {divisions = []} = await get("/v1/divisions?pageSize=5000");
  const provinces = divisions.filter((division) => division.level === "PROVINCE");
  const totals = await Promise.all(provinces.map((province) =>
    get(`/v1/${province.name}/overview`).then((overview) => overview.total, () => undefined)));
  return provinces.filter((_, index) => hasFigures(totals[index]));
}

// The first province with figures; the others are offered beside it.
async function startPage() {
  const [first, ...others] = await provincesWithFigures();
  if (!first) return null;
  showOtherProvinces(others);
  return {division: first, overview: await get(`/v1/${first.name}/overview?groupBy=COUNTY`)};
}

// Pages of counties show their units; all others the counties below.
async function chosenDivision(code) {
  const division = await get(`/v1/divisions/${encodeURIComponent(code)}`);
  const groupBy = division.level === "COUNTY" ? "UNIT" : "COUNTY";
  return {division, overview: await get(`/v1/${division.name}/overview?groupBy=${groupBy}`)};
}

async function show() {
  const code = new URLSearchParams(location.search).get("division");
  try {
    const shown = code ? await chosenDivision(code) : await startPage();
    if (!shown) {
      showMessage("还没有可以统计的数据。\n导入并印发工作方案后，这里会显示各地各单位的完成情况。");
      return;
    }
    showPath(shown.division.parentDivision);
    showOverview(shown.overview, shown.division.level === "COUNTY" ? "单位" : "县（市、区）");
  } catch (error) {
    showMessage(`载入失败：${error.message}`, true);
  }
}

show();
