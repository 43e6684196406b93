#include "services/plans/rpc/sessions_service.h"

#include <google/protobuf/util/time_util.h>
#include <openssl/rand.h>

#include <array>

#include "services/common/auth/auth_settings.h"
#include "services/common/log/log.h"
#include "services/common/text/base64url.h"
#include "services/plans/accounts/password.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::TimeUtil;

constexpr char kCurrent[] = "sessions/current";
constexpr std::size_t kMostAccountBytes = 64;

// Says the same of an account that does not exist.
Error WrongPassword() {
  return {.code = ErrorCode::kUnauthenticated,
          .reason = "WRONG_PASSWORD",
          .message = "account or password is wrong",
          .message_zh = "账号或密码错误"};
}

Error Locked(std::chrono::seconds wait) {
  const auto seconds = std::to_string(wait.count());
  return {.code = ErrorCode::kResourceExhausted,
          .reason = "ACCOUNT_LOCKED",
          .message = "too many attempts to sign in; try again in " + seconds + " seconds",
          .message_zh =
              "登录失败次数过多，请于 " + std::to_string((wait.count() + 59) / 60) + " 分钟后再试",
          .metadata = {{"retry_after_seconds", seconds}}};
}

Error NoLocalAccounts() {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "NO_LOCAL_ACCOUNTS",
          .message = "this service keeps no accounts (--session-key-file)",
          .message_zh = "本系统未启用本地账号"};
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

std::string RandomId() {
  std::array<unsigned char, 18> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return ToBase64Url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

WriteContext ContextOf(const rpc::Caller& caller, const std::string& actor,
                       const google::protobuf::Message& request) {
  return {.actor = actor,
          .address = caller.address,
          .trace_id = caller.trace_id,
          .method = request.GetDescriptor()->full_name()};
}

v1::Session ToMessage(const auth::Principal& principal) {
  v1::Session session;
  if (!principal.token_id.empty()) session.set_name("sessions/" + principal.token_id);
  session.set_account(principal.subject);
  session.set_display_name(principal.display_name);
  session.set_authentication(v1::Session::TOKEN);
  *session.mutable_expire_time() =
      TimeUtil::TimeTToTimestamp(std::chrono::system_clock::to_time_t(principal.expire_time));
  for (const auto& grant : principal.grants) {
    auto* granted = session.add_grants();
    granted->set_role(std::string(auth::Label(grant.role)));
    granted->set_division(auth::DivisionNameOf(grant));
    granted->set_unit(auth::UnitNameOf(grant));
  }
  return session;
}

Result<void> CheckCurrent(const std::string& name) {
  if (name == kCurrent) return {};
  return Fail(InvalidArgument("name", "must be sessions/current"));
}

}  // namespace

Result<Account> SessionsService::SignIn(const std::string& account, const std::string& password) {
  const auto wait = store_.CountAttempt(account);
  if (!wait) return Fail(wait.error());
  if (*wait) return Fail(Locked(**wait));
  auto found = store_.FindAccount(account);
  if (!found) return Fail(found.error());
  const bool fits =
      FitsPassword(*found ? (*found)->password_hash : HashOfNobody(), password) && *found;
  if (!fits) return Fail(WrongPassword());
  return std::move(**found);
}

Result<v1::Session> SessionsService::CreateSession(const rpc::Caller& caller,
                                                   const v1::CreateSessionRequest& request) {
  if (!rules_.signer) return Fail(NoLocalAccounts());
  const auto name = Lower(request.account());
  if (name.empty() || name.size() > kMostAccountBytes) return Fail(WrongPassword());
  const auto account = SignIn(name, request.password());
  if (!account) {
    log::Warning("sign-in refused", {{"reason", account.error().reason}});
    return Fail(account.error());
  }
  const auth::Principal principal{.subject = account->account,
                                  .display_name = account->display_name,
                                  .token_id = RandomId(),
                                  .issuer = auth::kLocalIssuer,
                                  .grants = account->grants,
                                  .expire_time = std::chrono::system_clock::now() + rules_.life};
  const auto begun =
      store_.BeginSession(ContextOf(caller, name, request), {.session = principal.token_id,
                                                             .account = name,
                                                             .address = caller.address,
                                                             .expire_time = principal.expire_time});
  if (!begun) return Fail(begun.error());
  auto session = ToMessage(principal);
  session.set_access_token(rules_.signer->Sign(principal, auth::kLocalAudience));
  return session;
}

Result<v1::Session> SessionsService::GetSession(const rpc::Caller& caller,
                                                const v1::GetSessionRequest& request) {
  if (auto checked = CheckCurrent(request.name()); !checked) return Fail(checked.error());
  if (caller.principal) return ToMessage(*caller.principal);
  v1::Session session;
  session.set_authentication(v1::Session::NONE);
  return session;
}

Result<v1::Session> SessionsService::DeleteSession(const rpc::Caller& caller,
                                                   const v1::DeleteSessionRequest& request) {
  if (auto checked = CheckCurrent(request.name()); !checked) return Fail(checked.error());
  if (!caller.principal || caller.principal->issuer != auth::kLocalIssuer) {
    return Fail(NoLocalAccounts());
  }
  const auto& principal = *caller.principal;
  if (auto ended =
          store_.EndSession(ContextOf(caller, principal.subject, request), principal.token_id);
      !ended) {
    return Fail(ended.error());
  }
  ended_.Add(principal.token_id);
  return ToMessage(principal);
}

}  // namespace gongkai::plans
