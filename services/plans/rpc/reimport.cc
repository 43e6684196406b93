#include "services/plans/rpc/reimport.h"

#include <algorithm>

#include "services/plans/domain/plan_diff.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::plans {
namespace {

v1::TaskMatch ToProto(const TaskMatch& match) {
  v1::TaskMatch proto;
  switch (match.reason) {
    case MatchReason::kSameText:
      proto.set_reason(v1::TaskMatch::SAME_TEXT);
      break;
    case MatchReason::kSimilarText:
      proto.set_reason(v1::TaskMatch::SIMILAR_TEXT);
      break;
    case MatchReason::kSamePlace:
      proto.set_reason(v1::TaskMatch::SAME_PLACE);
      break;
  }
  proto.set_score(match.score);
  proto.set_similarity(match.similarity);
  return proto;
}

// Decides on each change by its id, and remembers the ids that there are.
class Gate {
 public:
  explicit Gate(const Acceptance& acceptance) : ids_(acceptance.ids), unseen_(acceptance.ids) {}

  bool everything() const { return ids_.empty(); }
  bool Accepts(const std::string& id) {
    unseen_.erase(id);
    return everything() || ids_.contains(id);
  }
  Result<void> CheckAllSeen() const {
    if (unseen_.empty()) return {};
    return Fail(InvalidArgument(
        "accept", "has \"" + *unseen_.begin() + "\", which is no change of this diff",
        "所选变更 " + *unseen_.begin() + " 不在本次比对结果中，请重新比对"));
  }

 private:
  const std::set<std::string>& ids_;
  std::set<std::string> unseen_;
};

// Puts a task that stays although the document lacks it behind the one that it stood behind.
void PutBack(std::vector<EditedTask>& tasks, EditedTask kept, std::optional<int> predecessor) {
  auto place = tasks.begin();
  if (predecessor) {
    place = std::find_if(tasks.begin(), tasks.end(), [&](const EditedTask& task) {
      return task.stored && task.stored->task == *predecessor;
    });
    if (place != tasks.end()) ++place;
  }
  tasks.insert(place, std::move(kept));
}

// Facts that the document states and that are new.
PlanFacts FactsOf(const v1::Plan& plan, const ParsedPlan& document) {
  PlanFacts facts;
  const auto take = [&](const char* field, const std::string& before, const std::string& after) {
    if (!after.empty() && after != before) facts[field] = after;
  };
  take("title", plan.title(), document.title);
  take("document_number", plan.document_number(), document.document_number);
  if (document.issue_date) {
    take("issue_date", plan.issue_date(), FormatDate(*document.issue_date));
  }
  return facts;
}

std::string FactOf(const v1::Plan& plan, const std::string& field) {
  return plan.GetReflection()->GetString(plan, plan.GetDescriptor()->FindFieldByName(field));
}

}  // namespace

Result<ParsedPlan> ReadForPlan(const Document& plan, const std::string& document,
                               importer::DocumentConverter* converter) {
  const auto stored = ToMessage<v1::Plan>(plan);
  if (!stored) return Fail(stored.error());
  const int32_t year = stored->year();
  auto parsed = importer::ImportPlan(document, {.year = year, .converter = converter});
  if (!parsed || parsed->year == year) return parsed;
  const auto years = std::to_string(parsed->year) + ", not " + std::to_string(year);
  return Fail(Error{.code = ErrorCode::kInvalidArgument,
                    .reason = "PLAN_OF_ANOTHER_YEAR",
                    .message = "the document is a plan for " + years + ": import it as a new plan",
                    .message_zh = "该文档是" + std::to_string(parsed->year) +
                                  "年的方案，与所选方案年度不一致，请作为新方案导入",
                    .metadata = {{"year", std::to_string(parsed->year)}}});
}

Result<ContentChange> Reimport(const PlanContent& content, const ParsedPlan& document,
                               const Acceptance& acceptance, const Directory& directory) {
  auto loaded = PlanEditor::Load(content);
  if (!loaded) return Fail(loaded.error());
  auto& editor = *loaded;
  Gate gate(acceptance);
  const auto matches = MatchTasks(editor.stored(), document.tasks);
  const std::vector<EditedTask> before = std::move(editor.tasks());
  std::vector<EditedTask> tasks;
  std::set<int> kept;
  auto match = matches.begin();
  for (std::size_t i = 0; i < document.tasks.size(); ++i) {
    const auto& read = document.tasks[i];
    EditedTask task{.content = plans::ToProto(read), .place = static_cast<int>(i) + 1};
    if (match == matches.end() || match->after != i) {
      if (gate.Accepts("added/" + std::to_string(task.place))) tasks.push_back(std::move(task));
      continue;
    }
    const auto& old = before[match->before];
    task.stored = old.stored;
    task.before = old.before;
    task.match = ToProto(*match);
    const bool changed = !ChangedFields(editor.stored()[match->before], read).empty();
    if (changed && !gate.Accepts("tasks/" + std::to_string(old.stored->task))) {
      task.content = old.before;
    }
    kept.insert(old.stored->task);
    tasks.push_back(std::move(task));
    ++match;
  }
  std::optional<int> predecessor;
  for (const auto& old : before) {
    const int number = old.stored->task;
    if (!kept.contains(number) && !gate.Accepts("tasks/" + std::to_string(number))) {
      PutBack(tasks, old, predecessor);
      kept.insert(number);
    }
    if (kept.contains(number)) predecessor = number;
  }
  if (auto checked = gate.CheckAllSeen(); !checked) return Fail(checked.error());
  editor.tasks() = std::move(tasks);
  editor.ReplaceIssues(document.issues);

  const auto facts = gate.everything() ? FactsOf(editor.plan(), document) : PlanFacts{};
  auto change = editor.Finish(directory);
  if (!change) return change;
  v1::PlanDiff diff;
  if (auto read = ParseDocument(change->diff, &diff); !read) return Fail(read.error());
  for (const auto& [field, after] : facts) {
    auto* fact = diff.add_field_changes();
    fact->set_field(field);
    fact->set_before(FactOf(editor.plan(), field));
    fact->set_after(after);
  }
  change->diff = ToDocument(diff);
  change->facts = facts;
  return change;
}

}  // namespace gongkai::plans
