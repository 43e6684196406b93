#include "services/plans/accounts/account_commands.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "services/common/auth/auth_settings.h"
#include "services/common/auth/token_signer.h"
#include "services/common/config/config.h"
#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/plans/accounts/password.h"
#include "services/plans/accounts/session_key.h"
#include "services/plans/store/postgres/account_stores.h"

namespace gongkai::plans {
namespace {

constexpr std::size_t kMostAccountBytes = 64;

int Refuse(const std::vector<config::Fault>& faults) {
  std::cerr << config::ReportFaults("gongkai-plans", faults);
  return 2;
}

int FailRun(const Error& error) {
  log::Error("failed", {{"reason", error.reason}, {"message", error.message}});
  return 1;
}

std::optional<config::Fault> CheckAccount(const std::string& account) {
  const bool fits =
      !account.empty() && account.size() <= kMostAccountBytes &&
      account.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_@") == std::string::npos;
  if (fits) return std::nullopt;
  return config::Fault{"--account", "must have 1 to 64 of a-z, 0-9 and . - _ @"};
}

// `UNIT_CLERK:divisions/370124/units/17`, `COUNTY_OFFICE:divisions/370124`, `SYSTEM_CLIENT`.
Result<auth::Grant> ParseGrant(const std::string& text) {
  const auto colon = text.find(':');
  const auto role = text.substr(0, colon);
  const auto name = colon == std::string::npos ? "" : text.substr(colon + 1);
  const bool unit = name.find("/units/") != std::string::npos;
  return auth::MakeGrant(role, unit ? "" : name, unit ? name : "");
}

std::optional<config::Fault> CheckGrants(const std::vector<std::string>& grants) {
  if (grants.empty()) return config::Fault{"--grant", "is missing"};
  for (const auto& text : grants) {
    if (const auto grant = ParseGrant(text); !grant) {
      return config::Fault{"--grant", "\"" + text + "\": " + grant.error().message};
    }
  }
  return std::nullopt;
}

std::vector<auth::Grant> ParseGrants(const std::vector<std::string>& texts) {
  std::vector<auth::Grant> grants;
  for (const auto& text : texts) grants.push_back(*ParseGrant(text));
  return grants;
}

std::string FirstLineOf(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace

AccountCommands::AccountCommands(CLI::App& app) {
  make_session_key_ = app.add_subcommand("make-session-key",
                                         "Make the key that signs the tokens of local accounts");
  make_account_ = app.add_subcommand(
      "make-account", "Make a local account; its password is printed once, unless given by a file");
  make_token_ =
      app.add_subcommand("make-token", "Print a token for another system, signed by the key");
  for (auto* command : {make_session_key_, make_token_}) {
    command->add_option("--session-key-file", session_key_file_, "The private key, in PEM")
        ->envname("GONGKAI_PLANS_SESSION_KEY_FILE");
  }
  make_session_key_->add_option("--jwks-file", key_set_file_,
                                "Where the public key goes, as a JSON Web Key Set");
  make_account_
      ->add_option("--database", database_,
                   "PostgreSQL connection string, e.g. \"host=127.0.0.1 dbname=plans\"")
      ->envname("GONGKAI_PLANS_DATABASE");
  make_account_->add_option("--display-name", display_name_, "As people see it");
  make_account_->add_option("--password-file", password_file_,
                            "File whose first line is the password");
  make_account_->add_flag("--replace", replace_,
                          "Give an account that is there a new password and new grants");
  for (auto* command : {make_account_, make_token_}) {
    command->add_option("--account", account_, "Whom the audit trail will name");
    command->add_option("--grant", grants_,
                        "A role and where, e.g. COUNTY_OFFICE:divisions/370124 or "
                        "UNIT_CLERK:divisions/370124/units/17; may be repeated");
  }
  make_token_->add_option("--days", days_, "For how long")->capture_default_str();
}

std::optional<int> AccountCommands::Run() const {
  if (make_session_key_->parsed()) return MakeSessionKey();
  if (make_account_->parsed()) return MakeAccount();
  if (make_token_->parsed()) return MakeToken();
  return std::nullopt;
}

int AccountCommands::MakeSessionKey() const {
  const auto faults = config::Faults({config::CheckPresent("--session-key-file", session_key_file_),
                                      config::CheckPresent("--jwks-file", key_set_file_)});
  if (!faults.empty()) return Refuse(faults);
  const auto signer = auth::TokenSigner::Generate();
  if (auto written = WriteSecret(session_key_file_, signer.ToPem()); !written) {
    return FailRun(written.error());
  }
  std::ofstream key_set(key_set_file_);
  key_set << signer.KeySetJson();
  if (!key_set.flush()) return FailRun(Unavailable("FILE", "cannot write " + key_set_file_));
  log::Info("session key made", {{"key", signer.key_id()}});
  return 0;
}

int AccountCommands::MakeAccount() const {
  const auto faults =
      config::Faults({postgres::CheckConninfo("--database", database_), CheckAccount(account_),
                      config::CheckPresent("--display-name", display_name_), CheckGrants(grants_)});
  if (!faults.empty()) return Refuse(faults);
  const auto password = password_file_.empty() ? RandomPassword() : FirstLineOf(password_file_);
  if (auto checked = CheckPassword(account_, password); !checked) return FailRun(checked.error());
  postgres::Database database({.conninfo = database_, .connections = 1});
  Access access(database, [] {});
  const auto put =
      MakeAccountStore(access)->PutAccount({.actor = "make-account", .method = "make-account"},
                                           {.account = account_,
                                            .display_name = display_name_,
                                            .password_hash = HashPassword(password),
                                            .grants = ParseGrants(grants_)},
                                           replace_);
  if (!put) return FailRun(put.error());
  if (password_file_.empty()) std::cout << password << "\n";
  return 0;
}

int AccountCommands::MakeToken() const {
  const auto faults = config::Faults({config::CheckPresent("--session-key-file", session_key_file_),
                                      CheckAccount(account_), CheckGrants(grants_),
                                      config::CheckInteger("--days", days_, 1, 3650)});
  if (!faults.empty()) return Refuse(faults);
  const auto signer = ReadSessionKey(session_key_file_);
  if (!signer) return FailRun(signer.error());
  const auto expiry = std::chrono::system_clock::now() + std::chrono::hours(24) * std::stoi(days_);
  std::cout << signer->Sign({.subject = account_,
                             .issuer = auth::kLocalIssuer,
                             .grants = ParseGrants(grants_),
                             .expire_time = expiry},
                            auth::kLocalAudience)
            << "\n";
  return 0;
}

}  // namespace gongkai::plans
