#include "services/plans/importer/clause_plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "services/plans/importer/clause_reader.h"
#include "services/plans/importer/clause_units.h"
#include "services/plans/importer/heading_path.h"
#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {
namespace {

// Sections that frame the work and hold no tasks.
bool IsPreamble(TextView heading) {
  for (const TextView word : {U"总体要求", U"指导思想", U"总体思路", U"基本原则", U"工作目标",
                              U"总体目标", U"主要目标", U"工作思路", U"总则", U"附则"}) {
    if (Contains(heading, word)) return true;
  }
  return false;
}

// Sections on how the work is organized; they hold tasks in some plans.
bool IsClosing(TextView heading) {
  for (const TextView word : {U"保障", U"工作要求", U"有关要求", U"相关要求", U"组织领导",
                              U"组织实施", U"步骤", U"时间安排"}) {
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
  return clause.heading.empty() ? LeadOf(SplitUnits(clause.body).requirement) : clause.heading;
}

struct TaskPiece {
  Text requirement;
  std::vector<UnitCell> units;
  Text due;
};

// The sentences of one clause, kept apart where each has units of its own. Brackets are split only
// here, since a bracket can be broken over two paragraphs.
class TaskPieces {
 public:
  // Labelled lines below the part belong to its last sentence.
  void Add(const Clause& part, TextView text) {
    std::vector<SplitClause> sentences = SplitAtUnits(text);
    for (size_t i = 0; i < sentences.size(); ++i) {
      const SplitClause& sentence = sentences[i];
      const bool labelled = i + 1 == sentences.size() && !part.units.empty();
      if (pieces_.empty() || (IsComplete(pieces_.back()) && !sentence.requirement.empty() &&
                              (labelled || !sentence.units.empty()))) {
        pieces_.emplace_back();
      }
      TaskPiece& piece = pieces_.back();
      piece.requirement += sentence.requirement;
      piece.due += sentence.due;
      AddUnits(sentence.units, part.span, piece);
    }
    TaskPiece& last = pieces_.back();
    last.due += part.due;
    AddUnits(part.units, part.units.span, last);
  }

  std::vector<TaskPiece> Take() { return std::move(pieces_); }

 private:
  static bool IsComplete(const TaskPiece& piece) {
    return !piece.units.empty() && !piece.requirement.empty();
  }

  // Each line is a bracket or a labelled line, which stands for itself.
  static void AddUnits(const Cell& units, Span place, TaskPiece& piece) {
    for (const Text& line : units.lines) {
      piece.units.push_back({.cell = {.lines = {line}, .span = place}});
    }
  }

  std::vector<TaskPiece> pieces_;
};

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
      if (clause.numbering.level == top_) {
        framing_ = part_framing_ = IsFraming(i);
        closing_ = IsClosing(NameOf(clause));
      } else if (top_ == NumberLevel::kPart && clause.numbering.level == NumberLevel::kSection) {
        framing_ = part_framing_ || IsPreamble(NameOf(clause));
      }
      if (i < covered_until_) continue;
      if (framing_ || HasTasksBelow(i)) {
        PushHeading(clause);
        continue;
      }
      AddTasks(i);
    }
    if (NamesUnits(work_) && !NamesUnits(closing_tasks_)) return std::move(work_);
    return std::move(tasks_);
  }

 private:
  static bool NamesUnits(const std::vector<DraftTask>& tasks) {
    return std::any_of(tasks.begin(), tasks.end(),
                       [](const DraftTask& task) { return !task.units.empty(); });
  }

  void PushHeading(const Clause& clause) {
    path_.Push(clause.numbering.level, NameOf(clause));
    const auto level = static_cast<size_t>(clause.numbering.level);
    for (size_t i = level; i < heading_units_.size(); ++i) heading_units_[i] = Cell();
    heading_units_[level] = clause.units;
    // `一、县财政局`: whose tasks follow.
    if (clause.units.empty() && ReadsAsFullNames(clause.heading)) {
      heading_units_[level] = {.lines = {clause.heading}, .span = clause.span};
    }
  }

  // The units in the bracket of the nearest heading, for clauses that name none.
  void TakeUnitsOfHeading(NumberLevel level, DraftTask& task) const {
    for (auto i = static_cast<size_t>(level); task.units.empty() && i-- > 0;) {
      const Cell& units = heading_units_[i];
      if (units.empty()) continue;
      for (const Text& line : units.lines) {
        task.units.push_back({.cell = {.lines = {line}, .span = units.span}});
      }
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
    if (clause.numbering.level == NumberLevel::kArticle) return false;
    if (next <= clause.numbering.level) return false;
    if (next <= NumberLevel::kItem) return true;
    return clause.body.empty() && clause.numbering.level < NumberLevel::kItem;
  }

  // One task, or one for each sentence with a bracket of its own where there are several.
  void AddTasks(size_t i) {
    const Clause& clause = clauses_[i];
    const NumberLevel level = clause.numbering.level;
    DraftTask task{.ordinal = clause.numbering.printed,
                   .ordinal_printed = true,
                   .section_path = path_.AboveLevel(level),
                   .title = NameOf(clause),
                   .span = clause.span};
    if (clause.heading.empty()) task.title_confidence = Confidence::kMedium;
    TaskPieces pieces;
    pieces.Add(clause, clause.body);
    size_t next = i + 1;
    for (; next < clauses_.size() && clauses_[next].numbering.level > level; ++next) {
      pieces.Add(clauses_[next], PartText(clauses_[next]));
      task.span.end = clauses_[next].span.end;
    }
    covered_until_ = next;
    for (const TaskPiece& piece : pieces.Take()) {
      tasks_.push_back(TaskOf(piece, level, task));
      (closing_ ? closing_tasks_ : work_).push_back(tasks_.back());
    }
  }

  DraftTask TaskOf(const TaskPiece& piece, NumberLevel level, DraftTask task) const {
    task.requirement = piece.requirement.empty() ? task.title : piece.requirement;
    task.units = piece.units;
    task.due = piece.due;
    TakeUnitsOfHeading(level, task);
    return task;
  }

  static Text PartText(const Clause& part) {
    const bool circled =
        part.numbering.level == NumberLevel::kCircled && !IsDecimal(part.numbering);
    return (circled ? part.numbering.printed : U"（" + part.numbering.printed + U"）") +
           part.heading + part.body;
  }

  const Clauses& clauses_;
  NumberLevel top_;
  bool has_task_section_ = false;
  bool framing_ = false;
  bool part_framing_ = false;  // by the part around it
  bool closing_ = false;
  size_t covered_until_ = 0;
  HeadingPath path_;
  std::array<Cell, kNumberLevels> heading_units_;  // by level
  std::vector<DraftTask> tasks_;
  // The same, parted into those of sections such as 保障措施 and the others.
  std::vector<DraftTask> closing_tasks_;
  std::vector<DraftTask> work_;
};

bool MostlyNameUnits(const std::vector<DraftTask>& tasks) {
  const auto named = std::count_if(tasks.begin(), tasks.end(),
                                   [](const DraftTask& task) { return !task.units.empty(); });
  return named > 0 && static_cast<size_t>(named) * 2 >= tasks.size();
}

// Those that name units, of all the texts that do: a plan in two annexes, or one whose body tells
// in general what its annex tells unit by unit. What a later text repeats counts once.
std::vector<DraftTask> JoinTextsWithUnits(const std::vector<std::vector<DraftTask>>& texts) {
  std::vector<DraftTask> joined;
  std::set<Text> requirements;
  for (const auto& tasks : texts) {
    if (!MostlyNameUnits(tasks)) continue;
    std::set<Text> of_text;
    for (const DraftTask& task : tasks) {
      if (requirements.count(task.requirement) == 0) joined.push_back(task);
      of_text.insert(task.requirement);
    }
    requirements.merge(of_text);
  }
  return joined;
}

}  // namespace

DraftTasks ReadClausePlan(const Document& document) {
  // A notice may name units for one or two requests of its own and leave the work to its annex.
  constexpr size_t kFarFewer = 3;
  std::vector<std::vector<DraftTask>> texts;
  for (const Clauses& text : ReadClauses(document)) texts.push_back(TaskChooser(text).Choose());
  std::vector<DraftTask> with_units = JoinTextsWithUnits(texts);
  std::vector<DraftTask> longest;
  for (std::vector<DraftTask>& tasks : texts) {
    if (tasks.size() > longest.size()) longest = std::move(tasks);
  }
  const bool units_tell = with_units.size() * kFarFewer >= longest.size() && !with_units.empty();
  return {.tasks = units_tell ? std::move(with_units) : std::move(longest)};
}

}  // namespace gongkai::plans::importer
