// Figures as messages of the contract.
#pragma once

#include <chrono>

#include "gongkai/reporting/v1/figures.pb.h"
#include "services/reporting/domain/figure.h"

namespace gongkai::reporting {

v1::Ratio ToMessage(const Ratio& ratio);
// Sets every field.
void Fill(const FigureSet& figures, v1::FigureSet& message);

google::protobuf::Timestamp ToMessage(std::chrono::system_clock::time_point moment);

}  // namespace gongkai::reporting
