// A province of made-up work, as the change feed tells it.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "gongkai/plans/v1/change_feed.pb.h"

namespace gongkai::bench {

// Counties have 60 units and one plan for each year, of 48 tasks that 16 units share in: monthly,
// quarterly, ongoing and one-off ones, about 2,500 occurrences. The same size gives the same
// province.
class Province {
 public:
  static constexpr int kDivision = 370000;
  static constexpr int kNewestYear = 2026;
  static constexpr int kUnits = 60;

  struct Size {
    int counties = 160;
    int years = 1;
  };

  explicit Province(const Size& size) : size_(size), random_(7) {}

  // Divisions, cities and counties; units.
  std::vector<plans::v1::Change> Directory();
  // A county's plan of a year with all that belongs to it, in the order of a snapshot.
  std::vector<plans::v1::Change> Plan(int county, int year);
  // Its policy documents and interpretations.
  std::vector<plans::v1::Change> Policies(int county, int year);
  // One change to the work of the newest year. Every occurrence goes from open over submitted to
  // verified, and begins anew.
  plans::v1::Change Next();

  int counties() const { return size_.counties; }
  int years() const { return size_.years; }
  // From 0 to its number of the division.
  static int County(int index) { return 370101 + (index / 10) * 100 + index % 10; }

 private:
  int Pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  const Size size_;
  std::mt19937 random_;
  std::vector<plans::v1::Occurrence> newest_;
};

}  // namespace gongkai::bench
