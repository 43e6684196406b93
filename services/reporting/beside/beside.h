// A second projection beside the one that is served: built from a snapshot of the feed, in a schema
// of its own in the same database, then compared with the served one or put in its place. Reading
// and writing of the served one go on meanwhile.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::reporting {

struct BesideOptions {
  std::string database;                         // connection string of the served projection
  std::shared_ptr<grpc::Channel> plans;         // where the feed is
  std::string plans_token_file;                 // see Projector::Options
  std::chrono::seconds limit{24 * 60 * 60};     // for reading the snapshot
  std::chrono::milliseconds agreement{120000};  // how long what is under way may take to agree
};

// What stands otherwise in the served projection than in one that was built anew just now.
struct Disparity {
  std::string subject;  // "cell 370124/1/202601/17": division, topic, plan or year, unit
};

// The first hundred that remain: a change that only one of the two has been told of yet is waited
// for. Nothing is changed. ABORTED with reason BESIDE_BUSY while another of these commands runs;
// DEADLINE_EXCEEDED when the snapshot does not end in time.
Result<std::vector<Disparity>> CheckParity(const BesideOptions& options);

// Puts a projection that was built anew in the place of the served one, in one transaction. What
// was known before is not in the feed any more: from then on answers are known since this day.
// Errors are those of CheckParity, and with any the served projection stays.
Result<void> Rebuild(const BesideOptions& options);

}  // namespace gongkai::reporting
