// A cell from a row of the database.
#pragma once

#include <pqxx/pqxx>

#include "services/reporting/domain/cell.h"

namespace gongkai::reporting {

// Empty for null. Throws std::runtime_error for bytes that are no cell.
Cell CellIn(const pqxx::field& data);

}  // namespace gongkai::reporting
