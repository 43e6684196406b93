// A second implementation of every figure, slow and obvious: it keeps each resource of the feed as
// last seen and counts all of them anew for each question, by the words of the definitions.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "gongkai/reporting/v1/figures.pb.h"

namespace gongkai::reporting {

class FigureOracle {
 public:
  // In any order, any number of times.
  void See(const plans::v1::Change& change);

  // What GetOverview must answer, without `current_as_of` and `known_since`, if what was seen is
  // all that is known at its time. `year` and `as_of_date` must be set.
  v1::Overview Overview(const v1::GetOverviewRequest& request) const;
  v1::ListHeadInterpretationsResponse Heads(const std::string& division, int year) const;
  v1::ListDocumentFormsResponse DocumentForms(const std::string& division, int year) const;

 private:
  // What a line of an overview is about; an empty text does not narrow it.
  struct Scope {
    std::set<std::string> divisions;
    std::string unit;
    std::string plan;
    int role = 0;
    std::string due_month;  // "NONE": without a due date
    std::optional<std::string> section;

    bool OccurrencesOnly() const { return role != 0 || !due_month.empty(); }
  };

  v1::FigureSet FiguresOf(const Scope& scope, int year, const std::string& as_of) const;
  // What the scope leaves of the request's own filters.
  v1::FigureSet FiguresOf(Scope scope, const v1::GetOverviewRequest& request) const;
  // The rows of GroupBy SECTION by plan and task.
  std::map<int, v1::OverviewRow> Sections(const v1::GetOverviewRequest& request) const;
  bool OfUnits(const std::string& unit, const v1::GetOverviewRequest& request) const;
  std::string SectionOf(const std::string& name) const;
  void CountOccurrences(const Scope& scope, int year, const std::string& as_of,
                        v1::FigureSet& figures) const;
  void CountTasks(const Scope& scope, int year, v1::FigureSet& figures) const;
  void CountAssignments(const Scope& scope, int year, v1::FigureSet& figures) const;
  void CountHeads(const Scope& scope, int year, v1::FigureSet& figures) const;
  void CountDocuments(const Scope& scope, int year, v1::FigureSet& figures) const;

  // The plan if it is in the scope and in force, else null.
  const plans::v1::Plan* PlanOf(const std::string& name, const Scope& scope, int year) const;
  bool Passes(const plans::v1::Occurrence& occurrence, const Scope& scope) const;
  std::set<std::string> Holders(const Scope& scope, int year) const;
  int HeadActs(const std::string& unit, int year) const;
  std::set<int> Forms(const std::string& document) const;
  // The division and all below it.
  std::set<std::string> Below(const std::string& division) const;

  std::map<std::string, plans::v1::Division> divisions_;
  std::map<std::string, plans::v1::Unit> units_;
  std::map<std::string, plans::v1::Plan> plans_;
  std::map<std::string, std::string> sections_;  // of tasks
  std::map<std::string, plans::v1::Assignment> assignments_;
  std::map<std::string, plans::v1::Occurrence> occurrences_;
  std::map<std::string, plans::v1::PolicyDocument> documents_;
  std::map<std::string, plans::v1::Interpretation> interpretations_;
};

}  // namespace gongkai::reporting
