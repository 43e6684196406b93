// Random histories of a small province, as the change feed tells them: two cities, three counties,
// plans in several states, and everything that clerks do to them in any order.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "gongkai/plans/v1/change_feed.pb.h"

namespace gongkai::reporting {

// The same seed gives the same history.
class ChangeHistory {
 public:
  explicit ChangeHistory(unsigned seed);

  // The divisions and their units.
  std::vector<plans::v1::Change> Beginning();
  // What happens next, 1 to 12 changes, on the present day or on one soon after.
  std::vector<plans::v1::Change> Step();
  // The day in Shanghai of the last step, from 2023-02-01 on.
  std::string Today() const;

  int Pick(int least, int most);
  bool Chance(int percent) { return Pick(1, 100) <= percent; }
  template <typename T>
  const T& PickOf(const std::vector<T>& choices) {
    return choices[Pick(0, static_cast<int>(choices.size()) - 1)];
  }
  // A day of 2023 or early 2024.
  std::string Date();

  static const std::vector<std::string>& Divisions();

 private:
  using Changes = std::vector<plans::v1::Change>;

  // Sets the time of each to one of today.
  void Stamp(Changes& changes);

  void MovePlan(Changes& changes);
  void AddPlan(Changes& changes);
  void AddTask(Changes& changes);
  void MoveAssignment(Changes& changes);
  void MoveOccurrence(Changes& changes);
  void WriteDocument(Changes& changes);
  void WriteInterpretation(Changes& changes);
  void MoveCounty(Changes& changes);
  std::string Unit(const std::string& division);
  google::protobuf::Timestamp Time();

  std::mt19937 random_;
  int days_ = 0;                      // since 2023-02-01
  std::map<std::string, int> units_;  // how many each division has
  std::vector<plans::v1::Division> divisions_;
  std::vector<plans::v1::Plan> plans_;
  std::map<std::string, int> tasks_;  // how many each plan has
  std::vector<plans::v1::Assignment> assignments_;
  std::vector<plans::v1::Occurrence> occurrences_;
  std::vector<plans::v1::PolicyDocument> documents_;
  std::vector<plans::v1::Interpretation> interpretations_;
};

}  // namespace gongkai::reporting
