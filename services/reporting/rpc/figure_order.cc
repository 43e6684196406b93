#include "services/reporting/rpc/figure_order.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gongkai::reporting {
namespace {

using google::protobuf::FieldDescriptor;

// What the row is sorted by: a count as a part of one.
struct Place {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  const v1::OverviewRow* row = nullptr;

  bool applicable() const { return denominator > 0; }
};

bool Less(const Place& one, const Place& other) {
  return one.numerator * other.denominator < other.numerator * one.denominator;
}

}  // namespace

const FieldDescriptor* FigureNamed(std::string_view name) {
  return v1::FigureSet::descriptor()->FindFieldByName(std::string(name));
}

v1::Ratio FigureIn(const v1::FigureSet& figures, const FieldDescriptor& figure) {
  const auto& reflection = *figures.GetReflection();
  if (figure.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return static_cast<const v1::Ratio&>(reflection.GetMessage(figures, &figure));
  }
  v1::Ratio count;
  count.set_numerator(reflection.GetInt32(figures, &figure));
  count.set_display(std::to_string(count.numerator()));
  return count;
}

std::optional<FigureOrder> ParseFigureOrder(const std::string& text) {
  const auto space = text.find(' ');
  FigureOrder order{.figure = FigureNamed(text.substr(0, space))};
  if (!order.figure) return std::nullopt;
  if (space == std::string::npos) return order;
  const auto direction = text.substr(space + 1);
  order.descending = direction == "desc";
  if (!order.descending && direction != "asc") return std::nullopt;
  return order;
}

void RankRows(const FigureOrder& order, v1::Overview& overview) {
  const bool is_count = order.figure->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
  std::vector<Place> places;
  for (const auto& row : overview.rows()) {
    const auto figure = FigureIn(row.figures(), *order.figure);
    places.push_back({figure.numerator(), is_count ? 1 : figure.denominator(), &row});
  }
  std::stable_sort(places.begin(), places.end(), [&](const Place& one, const Place& other) {
    if (!one.applicable() || !other.applicable()) return one.applicable() && !other.applicable();
    return order.descending ? Less(other, one) : Less(one, other);
  });
  google::protobuf::RepeatedPtrField<v1::OverviewRow> rows;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& row = *rows.Add() = *places[i].row;
    if (!places[i].applicable()) continue;
    const bool shared = i > 0 && !Less(places[i - 1], places[i]) && !Less(places[i], places[i - 1]);
    row.set_rank(shared ? rows[static_cast<int>(i) - 1].rank() : static_cast<int>(i) + 1);
  }
  overview.mutable_rows()->Swap(&rows);
}

}  // namespace gongkai::reporting
