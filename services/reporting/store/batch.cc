#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

std::size_t Batch::size() const {
  return divisions.size() + units.size() + plans.size() + tasks.size() + assignments.size() +
         occurrences.size() + documents.size() + interpretations.size();
}

}  // namespace gongkai::reporting
