#include "services/reporting/domain/cell.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "services/reporting/domain/cell_codec.h"

namespace gongkai::reporting {
namespace {

// Any cell, with numbers of every magnitude and sign.
class AnyCell {
 public:
  explicit AnyCell(unsigned seed) : random_(seed) {}

  Cell Next() {
    Cell cell;
    Fill(cell.completion);
    Fill(cell.assignments);
    Fill(cell.tasks);
    Fill(cell.holders);
    Fill(cell.documents);
    Fill(cell.head_acts);
    return cell;
  }

  int Pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

 private:
  template <std::size_t KeyParts, std::size_t SumCount>
  void Fill(SumTable<KeyParts, SumCount>& table) {
    for (int rows = Pick(0, 20); rows > 0; --rows) {
      typename SumTable<KeyParts, SumCount>::Key key;
      typename SumTable<KeyParts, SumCount>::Sums sums;
      for (auto& part : key) part = static_cast<std::int32_t>(Number(31));
      for (auto& sum : sums) sum = Number(62);
      table.Add(key, sums);
    }
  }

  std::int64_t Number(int most_bits) {
    const auto magnitude = static_cast<std::int64_t>(random_() >> (64 - Pick(1, most_bits)));
    return Pick(0, 1) == 0 ? magnitude : -magnitude;
  }

  std::mt19937_64 random_;
};

OccurrenceFact AnyOccurrence(AnyCell& any) {
  OccurrenceFact fact{.task = any.Pick(1, 3),
                      .unit = any.Pick(1, 3),
                      .role = static_cast<Role>(any.Pick(1, 3)),
                      .ongoing = any.Pick(1, 4) == 1,
                      .state = static_cast<OccurrenceState>(any.Pick(1, 5)),
                      .evidence_count = any.Pick(0, 1)};
  const auto first = std::chrono::sys_days(*ParseDate("2023-01-01"));
  if (any.Pick(1, 5) > 1) fact.due_date = CivilDate(first + std::chrono::days(any.Pick(0, 9)));
  if (any.Pick(1, 5) > 1) fact.submit_date = CivilDate(first + std::chrono::days(any.Pick(0, 9)));
  return fact;
}

TEST(CellCodec, GivesBackEveryCell) {
  AnyCell any(1);
  for (int i = 0; i < 300; ++i) {
    const auto cell = any.Next();
    EXPECT_EQ(DecodeCell(EncodeCell(cell)), cell);
  }
}

TEST(CellCodec, KeepsTheLargestNumbers) {
  Cell cell;
  using Limits = std::numeric_limits<std::int64_t>;
  cell.completion.Add({INT32_MIN, INT32_MAX}, {Limits::max(), Limits::min(), 0, -1, 1, 0});
  cell.completion.Add({INT32_MAX, INT32_MIN}, {1, 0, 0, 0, 0, 0});
  EXPECT_EQ(DecodeCell(EncodeCell(cell)), cell);
}

// Damaged bytes are refused, or are the bytes of another cell: never read past, never half read.
TEST(CellCodec, ReadsNoBytesThatItWouldNotWrite) {
  AnyCell any(2);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    auto bytes = EncodeCell(any.Next());
    for (int damages = any.Pick(1, 3); damages > 0 && !bytes.empty(); --damages) {
      const auto place = any.Pick(0, static_cast<int>(bytes.size()) - 1);
      if (any.Pick(1, 3) == 1) {
        bytes.resize(place);
      } else {
        bytes[place] = static_cast<char>(any.Pick(0, 255));
      }
    }
    const auto cell = DecodeCell(bytes);
    if (!cell) {
      ++refused;
      continue;
    }
    EXPECT_EQ(EncodeCell(*cell), bytes);
  }
  EXPECT_GT(refused, 1500);
}

TEST(CellCodec, RefusesEveryPartOfACell) {
  const auto bytes = EncodeCell(AnyCell(3).Next());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeCell(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(DecodeCell(bytes + '\0'));
}

TEST(Cell, IsTheSameWhateverWasAddedAndTakenBack) {
  AnyCell any(4);
  Cell straight;
  Cell roundabout;
  for (int i = 0; i < 300; ++i) {
    const auto kept = AnyOccurrence(any);
    const auto replaced = AnyOccurrence(any);
    Add(straight, kept, 1);
    Cell difference;
    Add(roundabout, replaced, 1);
    Add(difference, replaced, -1);
    Add(difference, kept, 1);
    roundabout.Add(difference);
  }
  EXPECT_GT(straight.completion.rows().size(), 30u);
  EXPECT_EQ(roundabout, straight);
  EXPECT_EQ(EncodeCell(roundabout), EncodeCell(straight));
}

TEST(Cell, HoldsNothingOnceEverythingWasTakenBack) {
  Cell cell;
  const AssignmentFact assignment{.unit = 3, .state = AssignmentState::kClaimed};
  Add(cell, assignment, 1);
  EXPECT_EQ(cell.holders.Of({3}), (SumTable<1, 1>::Sums{1}));
  Add(cell, assignment, -1);
  EXPECT_EQ(cell, Cell{});
}

}  // namespace
}  // namespace gongkai::reporting
