// An exchange that hands everything on to another: a base for those that change an answer on its
// way out.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

class ExchangeWrapper : public HttpExchange {
 public:
  explicit ExchangeWrapper(std::shared_ptr<HttpExchange> inner) : inner_(std::move(inner)) {}

  void Reply(HttpResponse response) override { inner_->Reply(std::move(response)); }
  void BeginStream(HttpResponse response) override { inner_->BeginStream(std::move(response)); }
  void Write(std::string data, std::function<void()> written) override {
    inner_->Write(std::move(data), std::move(written));
  }
  void EndStream() override { inner_->EndStream(); }
  void Break() override { inner_->Break(); }
  void OnInterruption(std::function<void(Interruption)> interrupted) override {
    inner_->OnInterruption(std::move(interrupted));
  }
  void RunAfter(std::chrono::milliseconds delay, std::function<void()> action) override {
    inner_->RunAfter(delay, std::move(action));
  }

 private:
  const std::shared_ptr<HttpExchange> inner_;
};

}  // namespace gongkai::gateway
