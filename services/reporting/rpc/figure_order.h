// Rows of an overview by one of their figures.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>

#include "gongkai/reporting/v1/figures.pb.h"

namespace gongkai::reporting {

// The field of FigureSet with this name; null without one.
const google::protobuf::FieldDescriptor* FigureNamed(std::string_view name);

// The figure: a count as a ratio with denominator 0.
v1::Ratio FigureIn(const v1::FigureSet& figures, const google::protobuf::FieldDescriptor& figure);

struct FigureOrder {
  const google::protobuf::FieldDescriptor* figure = nullptr;
  bool descending = false;
};

// "completion desc", "overdue_not_done"; nothing for any other form or figure.
std::optional<FigureOrder> ParseFigureOrder(const std::string& text);

// Sorts the rows and gives them ranks, equal figures the same one: 1, 2, 2, 4. Compared are exact
// numbers. Rows whose figure is not applicable come last, without a rank.
void RankRows(const FigureOrder& order, v1::Overview& overview);

}  // namespace gongkai::reporting
