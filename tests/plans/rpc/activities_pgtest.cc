// Activities over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <google/protobuf/util/field_mask_util.h>
#include <gtest/gtest.h>

#include "tests/plans/support/policy_world.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::FieldMaskUtil;
using testing::kCounty;
using testing::kFinance;
using testing::kOffice;
using testing::PolicyWorld;

class Activities : public ::testing::Test {
 protected:
  static v1::Activity OpenDay() {
    v1::Activity activity;
    activity.set_kind(v1::Activity::OPEN_DAY);
    activity.add_units(kFinance);
    activity.set_date("2026-05-18");
    activity.set_title("走进财政局");
    activity.set_participant_count(36);
    activity.add_evidence()->set_url("https://www.example.gov.cn/openday");
    return activity;
  }

  Result<v1::Activity> Add(const v1::Activity& activity, const std::string& request_id = "",
                           bool validate_only = false) {
    v1::CreateActivityRequest request;
    request.set_parent(kCounty);
    *request.mutable_activity() = activity;
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return world_.Call(*world_.activities, &v1::Activities::Stub::CreateActivity, request);
  }

  Result<v1::Activity> Update(const v1::Activity& activity, const std::string& paths) {
    v1::UpdateActivityRequest request;
    *request.mutable_activity() = activity;
    FieldMaskUtil::FromString(paths, request.mutable_update_mask());
    return world_.Call(*world_.activities, &v1::Activities::Stub::UpdateActivity, request);
  }

  Result<v1::Activity> Delete(const std::string& name, const std::string& etag = "") {
    v1::DeleteActivityRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return world_.Call(*world_.activities, &v1::Activities::Stub::DeleteActivity, request);
  }

  Result<v1::Activity> Undelete(const std::string& name) {
    v1::UndeleteActivityRequest request;
    request.set_name(name);
    return world_.Call(*world_.activities, &v1::Activities::Stub::UndeleteActivity, request);
  }

  std::vector<std::string> Listed(const std::string& filter, bool show_deleted = false) {
    v1::ListActivitiesRequest request;
    request.set_parent(kCounty);
    request.set_filter(filter);
    request.set_show_deleted(show_deleted);
    const auto list =
        world_.Call(*world_.activities, &v1::Activities::Stub::ListActivities, request);
    EXPECT_TRUE(list) << list.error().message;
    std::vector<std::string> names;
    for (const auto& activity : list->activities()) names.push_back(activity.name());
    return names;
  }

  // What the feed tells of activities: name and revision.
  std::vector<std::string> Fed() {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    v1::WatchRequest request;
    request.set_until_current(true);
    request.add_kinds("activity");
    const auto stream = world_.feed->Watch(&context, request);
    std::vector<std::string> lines;
    for (v1::WatchResponse message; stream->Read(&message);) {
      for (const auto& change : message.changes()) {
        lines.push_back(change.activity().name() + "@" +
                        std::to_string(change.activity().revision()));
      }
    }
    return lines;
  }

  PolicyWorld world_;
};

TEST_F(Activities, AreRecordedWithTheirUnitsAndEvidenceAndToldToTheFeed) {
  auto joint = OpenDay();
  joint.add_units(kOffice);
  const auto added = Add(joint);
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->name(), "divisions/370124/activities/1");
  EXPECT_THAT(added->units(), ::testing::ElementsAre(kOffice, kFinance));
  EXPECT_EQ(added->participant_count(), 36);
  EXPECT_EQ(added->evidence(0).url(), "https://www.example.gov.cn/openday");
  EXPECT_EQ(Fed(), std::vector<std::string>{added->name() + "@1"});
  EXPECT_EQ(Listed("kind = OPEN_DAY AND units:divisions/370124/units/2"),
            std::vector{added->name()});
  EXPECT_TRUE(Listed("kind = TRAINING").empty());
}

TEST_F(Activities, SayEverythingThatIsWrongAtOnce) {
  auto activity = OpenDay();
  activity.set_kind(v1::Activity::KIND_UNSPECIFIED);
  activity.set_date("2099-01-01");
  activity.set_participant_count(-1);
  activity.add_units(kFinance);
  activity.add_evidence();
  const auto refused = Add(activity);
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& violation : refused.error().violations) fields.push_back(violation.field);
  EXPECT_EQ(fields,
            (std::vector<std::string>{"activity.kind", "activity.units", "activity.date",
                                      "activity.participant_count", "activity.evidence[1]"}));
  auto stranger = OpenDay();
  stranger.set_units(0, "divisions/370124/units/77");
  EXPECT_EQ(Add(stranger).error().code, ErrorCode::kNotFound);
}

TEST_F(Activities, AreCorrectedByWhomKnowsThem) {
  auto activity = *Add(OpenDay());
  activity.set_participant_count(0);
  activity.clear_evidence();
  const auto corrected = Update(activity, "participant_count,evidence");
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->participant_count(), 0);
  EXPECT_EQ(corrected->evidence_size(), 0);
  EXPECT_EQ(corrected->title(), "走进财政局");
  EXPECT_EQ(Update(activity, "title").error().reason, "ETAG_MISMATCH");
  EXPECT_EQ(Fed().back(), activity.name() + "@2");
}

TEST_F(Activities, ThatAreDeletedAreKeptAndCanBeBroughtBack) {
  const auto activity = *Add(OpenDay());
  EXPECT_EQ(Undelete(activity.name()).error().reason, "RESOURCE_NOT_DELETED");
  ASSERT_TRUE(Delete(activity.name(), activity.etag()));
  EXPECT_TRUE(Listed("").empty());
  EXPECT_EQ(Listed("", true), std::vector{activity.name()});
  EXPECT_EQ(Delete(activity.name()).error().reason, "RESOURCE_DELETED");
  EXPECT_FALSE(Undelete(activity.name())->has_delete_time());
  EXPECT_EQ(Fed().size(), 3u);
}

TEST_F(Activities, AreRecordedOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  ASSERT_TRUE(Add(OpenDay(), "", true));
  EXPECT_TRUE(Listed("", true).empty());
  const auto first = Add(OpenDay(), "activity-1");
  const auto again = Add(OpenDay(), "activity-1");
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(Listed("").size(), 1u);
}

}  // namespace
}  // namespace gongkai::plans
