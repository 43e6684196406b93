#include "services/plans/importer/clause_plan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/plans/importer/clause_units.h"
#include "services/plans/importer/heading_path.h"
#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {
namespace {

// A numbered clause with the paragraphs that follow it.
struct Clause {
  Numbering numbering;
  Text heading;  // the first paragraph where it is nothing but a heading
  Text body;
  Cell units;
  Text due;
  Span span;
};

using Clauses = std::vector<Clause>;

bool EndsSentence(TextView text) { return !text.empty() && IsOneOf(text.back(), U"。；：！？”）"); }

bool IsDateLine(TextView text) {
  return text.size() <= 14 && EndsWith(text, U"日") && Contains(text, U"年") &&
         Contains(text, U"月");
}

// What ends the text of a clause: annexes, signatures and what is printed below them.
bool EndsText(TextView text) {
  for (const TextView word : {U"附件", U"附表", U"（此件", U"(此件", U"抄送", U"主送"}) {
    if (StartsWith(text, word)) return true;
  }
  return IsDateLine(text) || EndsWith(text, U"日印发");
}

// Nothing but a heading: short and no sentence. An item may as well be a paragraph broken in
// mid-sentence, which shows by its comma.
bool IsHeadingOnly(const Numbering& numbering, TextView text) {
  constexpr size_t kLongestHeading = 45;
  if (text.size() > kLongestHeading || text.find_first_of(U"。；！？") != TextView::npos)
    return false;
  return numbering.level < NumberLevel::kItem || !Contains(text, U"，");
}

// Reads paragraphs into clauses; each run of them is one numbered text.
class ClauseReader {
 public:
  std::vector<Clauses> Read(const Document& document) {
    std::vector<const Paragraph*> paragraphs;
    for (const Block& block : document.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) paragraphs.push_back(paragraph);
    }
    for (size_t i = 0; i < paragraphs.size(); ++i) {
      const bool before_date = i + 1 < paragraphs.size() && IsDateLine(paragraphs[i + 1]->text);
      const bool signature = before_date && !EndsSentence(paragraphs[i]->text);
      ReadParagraph(*paragraphs[i], signature);
    }
    return std::move(texts_);
  }

 private:
  void ReadParagraph(const Paragraph& paragraph, bool signature) {
    const auto numbering = ParseNumbering(paragraph.text);
    if (numbering && !IsContinuation(*numbering)) return Begin(paragraph, *numbering);
    if (signature || EndsText(paragraph.text)) open_ = false;
    if (open_) Append(paragraph);
  }

  // A paragraph broken in front of what looks like a number: `……突出` / `3.0版本的……`.
  bool IsContinuation(const Numbering& numbering) const {
    constexpr size_t kLongText = 40;
    if (!open_) return false;
    const Clause& last = texts_.back().back();
    if (last.body.size() <= kLongText || EndsSentence(last.body)) return false;
    return numbering.level == last.numbering.level ? numbering.value != last.numbering.value + 1
                                                   : numbering.value != 1;
  }

  void Begin(const Paragraph& paragraph, const Numbering& numbering) {
    if (texts_.empty() || BeginsNewText(numbering)) {
      texts_.emplace_back();
      last_at_level_ = {};
    }
    Clause clause{.numbering = numbering, .span = paragraph.span};
    SplitClause split = SplitUnits(TextView(paragraph.text).substr(numbering.length));
    clause.units = std::move(split.units);
    clause.units.span = paragraph.span;
    clause.due = std::move(split.due);
    (IsHeadingOnly(numbering, split.requirement) ? clause.heading : clause.body) =
        std::move(split.requirement);
    texts_.back().push_back(std::move(clause));
    if (numbering.level <= NumberLevel::kSection) {
      last_at_level_[static_cast<size_t>(numbering.level)] = texts_.back().size();
    }
    open_ = true;
  }

  // The outermost number in use starts again; under another part it may.
  bool BeginsNewText(const Numbering& numbering) const {
    if (numbering.level > NumberLevel::kSection || numbering.value != 1) return false;
    const size_t last_part = last_at_level_[0];
    const size_t last_section = last_at_level_[1];
    if (numbering.level == NumberLevel::kPart) return last_part > 0 || last_section > 0;
    return last_section > last_part;
  }

  void Append(const Paragraph& paragraph) {
    Clause& clause = texts_.back().back();
    clause.span.end = paragraph.span.end;
    if (!IsUnitLine(paragraph.text)) {
      clause.body += paragraph.text;
      return;
    }
    const SplitClause split = SplitUnits(paragraph.text);
    clause.units.span = Cover(clause.units.empty() ? Span() : clause.units.span, paragraph.span);
    clause.units.lines.insert(clause.units.lines.end(), split.units.lines.begin(),
                              split.units.lines.end());
    clause.due += split.due;
  }

  std::vector<Clauses> texts_;
  // How many clauses the text had after its last part and its last section.
  std::array<size_t, 2> last_at_level_ = {};
  bool open_ = false;
};

// Sections that frame the work and hold no tasks.
bool IsPreamble(TextView heading) {
  for (const TextView word : {U"总体要求", U"指导思想", U"总体思路", U"基本原则", U"工作目标",
                              U"总体目标", U"主要目标", U"工作思路"}) {
    if (Contains(heading, word)) return true;
  }
  return false;
}

// Sections on how the work is organized; they hold tasks in some plans.
bool IsClosing(TextView heading) {
  for (const TextView word : {U"保障", U"工作要求", U"有关要求", U"相关要求", U"组织领导",
                              U"组织实施", U"步骤", U"时间安排", U"附则"}) {
    if (Contains(heading, word)) return true;
  }
  return false;
}

bool NamesTasks(TextView heading) {
  for (const TextView word :
       {U"任务", U"重点工作", U"工作重点", U"工作内容", U"主要内容", U"工作措施", U"主要举措"}) {
    if (Contains(heading, word)) return true;
  }
  return false;
}

Text NameOf(const Clause& clause) {
  return clause.heading.empty() ? LeadOf(clause.body) : clause.heading;
}

// Chooses the clauses of one text that are tasks.
class TaskChooser {
 public:
  explicit TaskChooser(const Clauses& clauses) : clauses_(clauses) {
    top_ = NumberLevel::kCircled;
    for (const Clause& clause : clauses_) top_ = std::min(top_, clause.numbering.level);
    has_task_section_ = std::any_of(clauses_.begin(), clauses_.end(), [this](const Clause& c) {
      return c.numbering.level == top_ && NamesTasks(NameOf(c)) && !IsClosing(NameOf(c));
    });
  }

  std::vector<DraftTask> Choose() {
    for (size_t i = 0; i < clauses_.size(); ++i) {
      const Clause& clause = clauses_[i];
      if (clause.numbering.level == top_) framing_ = IsFraming(i);
      if (i < covered_until_) continue;
      if (framing_ || HasTasksBelow(i)) {
        PushHeading(clause);
        continue;
      }
      AddTask(i);
    }
    return std::move(tasks_);
  }

 private:
  void PushHeading(const Clause& clause) {
    path_.Push(clause.numbering.level, NameOf(clause));
    const auto level = static_cast<size_t>(clause.numbering.level);
    for (size_t i = level; i < heading_units_.size(); ++i) heading_units_[i] = Cell();
    heading_units_[level] = clause.units;
  }

  // The units in the bracket of the nearest heading, for clauses that name none.
  void TakeUnitsOfHeading(NumberLevel level, DraftTask& task) const {
    for (auto i = static_cast<size_t>(level); task.units.empty() && i-- > 0;) {
      if (heading_units_[i].empty()) continue;
      task.units.push_back({.cell = heading_units_[i]});
      task.units_confidence = Confidence::kMedium;
    }
  }

  bool IsFraming(size_t i) const {
    if (top_ >= NumberLevel::kItem) return false;
    const Text name = NameOf(clauses_[i]);
    if (IsPreamble(name)) return true;
    return IsClosing(name) && (has_task_section_ || !HasTasksBelow(i));
  }

  bool HasTasksBelow(size_t i) const {
    if (i + 1 == clauses_.size()) return false;
    const Clause& clause = clauses_[i];
    const NumberLevel next = clauses_[i + 1].numbering.level;
    if (next <= clause.numbering.level) return false;
    if (next <= NumberLevel::kItem) return true;
    return clause.body.empty() && clause.numbering.level < NumberLevel::kItem;
  }

  void AddTask(size_t i) {
    const Clause& clause = clauses_[i];
    const NumberLevel level = clause.numbering.level;
    DraftTask task{.ordinal = clause.numbering.printed,
                   .ordinal_printed = true,
                   .section_path = path_.AboveLevel(level),
                   .span = clause.span};
    task.title = NameOf(clause);
    if (clause.heading.empty()) task.title_confidence = Confidence::kMedium;
    AddPart(clause, clause.body, task);
    size_t next = i + 1;
    for (; next < clauses_.size() && clauses_[next].numbering.level > level; ++next) {
      AddPart(clauses_[next], PartText(clauses_[next]), task);
      task.span.end = clauses_[next].span.end;
    }
    covered_until_ = next;
    if (task.requirement.empty()) task.requirement = task.title;
    TakeUnitsOfHeading(level, task);
    tasks_.push_back(std::move(task));
  }

  // Brackets are split only here, since a bracket can be broken over two paragraphs.
  static void AddPart(const Clause& part, TextView text, DraftTask& task) {
    SplitClause split = SplitUnits(text);
    split.units.span = part.span;
    task.requirement += split.requirement;
    task.due += part.due + split.due;
    for (const Cell& units : {part.units, split.units}) {
      if (!units.empty()) task.units.push_back({.cell = units});
    }
  }

  static Text PartText(const Clause& part) {
    const bool circled = part.numbering.level == NumberLevel::kCircled;
    return (circled ? part.numbering.printed : U"（" + part.numbering.printed + U"）") +
           part.heading + part.body;
  }

  const Clauses& clauses_;
  NumberLevel top_;
  bool has_task_section_ = false;
  bool framing_ = false;
  size_t covered_until_ = 0;
  HeadingPath path_;
  std::array<Cell, 6> heading_units_;  // by level
  std::vector<DraftTask> tasks_;
};

}  // namespace

DraftTasks ReadClausePlan(const Document& document) {
  DraftTasks best;
  for (const Clauses& text : ClauseReader().Read(document)) {
    std::vector<DraftTask> tasks = TaskChooser(text).Choose();
    if (tasks.size() > best.tasks.size()) best.tasks = std::move(tasks);
  }
  return best;
}

}  // namespace gongkai::plans::importer
