// The mock Smartcar's rules: application, Connect, tokens, permissions, webhooks, subscriptions, events.
//
// Values go in, values come out; what has to be sent comes back as Fired and the caller sends it.
// Every member may be called from any thread; one mutex guards the records and is never held while
// calling out. Time is the given clock's, ids are derived from the given seed by kind, parent and
// ordinal. Topics live in files of their own: webhooks.cc, subscriptions.cc, connect.cc, tokens.cc,
// access.cc, application_token.cc, changes.cc, vehicle_visit.cc, events.cc, test_payload.cc, snapshot.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "contract/message.h"
#include "document/value.h"
#include "platform/configuration.h"
#include "platform/effect.h"
#include "platform/management.h"
#include "platform/management_tokens.h"
#include "platform/oauth.h"
#include "platform/special_login.h"
#include "platform/webhook.h"
#include "vehicle/obey.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

struct Records;
struct Snapshot;
class Ordinals;
struct Turn;
using SnapshotPtr = std::shared_ptr<const Snapshot>;
// Why the API refuses; routes turn it into the contract's error body.
enum class Denial {
    kAuthentication,  // 401: no token, unknown, expired, or not of the kind asked for
    kValidation,      // 400: an id that is not one, or a webhook nobody made
    kPermission,      // 403: a vehicle this token does not cover, or a permission not granted
};
template <class T>
using Allowed = std::variant<T, Denial>;

// A connected vehicle as it is now, and what its owner granted.
struct Sight {
    VehiclePtr vehicle;
    vehicle::PermissionSet granted;
    base::Instant seen_at;
    std::shared_ptr<const contract::ApiError> forced_error = {};  // what all but the static endpoints answer instead
};

// What a vehicle, as it is at that moment, is told; or why it is told nothing. Called under the platform's lock: it may
// not call the platform.
using Ordered = std::variant<vehicle::Command, contract::ApiError>;
using Order = std::function<Ordered(const vehicle::Vehicle&)>;
// What came of it.
struct Commanded {
    VehiclePtr vehicle;  // as it is afterwards
    Fired fired;
};

struct VehiclePage {
    std::size_t count = 0;         // all vehicles of the token
    std::vector<std::string> ids;  // from offset, at most limit
};

// A vehicle and, once its owner went through Connect, what was granted.
struct FleetEntry {
    VehiclePtr vehicle;
    bool connected = false;
    vehicle::PermissionSet granted;
    std::optional<contract::ApiError> forced_error = {};
};

// An event somebody asks for by name.
struct Firing {
    std::string vehicle;  // id or fixture name
    // A 2.0 event ("CHARGING_STARTED"), "schedule", "dynamic", "VEHICLE_STATE" or "VEHICLE_ERROR".
    std::string event;
    std::vector<std::string> triggers = {};  // VEHICLE_STATE: codes or "FIRST_DELIVERY"; empty: all of the webhook's
    std::vector<contract::VehicleFault> errors =
        {};                              // VEHICLE_ERROR: empty is CONNECTED_SERVICES_ACCOUNT/AUTHENTICATION_FAILED
    std::optional<std::string> to = {};  // only this webhook
};

struct PermissionChange {
    std::vector<std::string> grant = {};
    std::vector<std::string> revoke = {};
};

enum class Verified { kNo, kYes };

// What a vehicle says its battery may hold, or the one that it says it does; none without such a battery.
[[nodiscard]] std::vector<CapacityChoice> capacity_choices(const vehicle::Vehicle& vehicle);

class Platform {
public:
    Platform(Configuration configuration, std::vector<vehicle::Vehicle> vehicles, const base::Clock& clock,
             const base::Ids& ids);
    ~Platform();
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;

    [[nodiscard]] const Configuration& configuration() const { return configuration_; }  // never changes

    // The key of everything that is signed: the configured one until it is rotated, and again after reset().
    [[nodiscard]] base::Secret application_management_token() const;
    // The other of the last two tokens; nothing before any rotation.
    [[nodiscard]] std::optional<base::Secret> other_application_management_token() const;
    // From then on that token signs and only it is accepted, unless a window says otherwise.
    void rotate_application_management_token(base::Secret token, TokenWindow window = {});
    // Code "not_rotated" before any rotation: there is no old token.
    base::Result<base::Done> set_token_window(TokenWindow window);
    [[nodiscard]] TokenWindow token_window() const;
    [[nodiscard]] bool accepts_management_token(std::string_view token) const;

    // --- webhooks --- code "not_found" for an id nobody made ---------------------------------------

    // Unverified, whatever the settings. With auto_subscribe, subscribed to every connected vehicle.
    Webhook create_webhook(WebhookSettings settings);
    // The settings that `patch` names change (patch_webhook), in one step with what they were. Another callback makes
    // it unverified. auto_subscribe subscribes at once; the next event of each vehicle is its first delivery. Code
    // "bad_webhook" and nothing changed when the patch is wrong, also when it would change the type.
    [[nodiscard]] base::Result<Webhook> update_webhook(std::string_view id, const document::Value& patch);
    [[nodiscard]] base::Result<Webhook> webhook(std::string_view id) const;
    [[nodiscard]] std::vector<Webhook> webhooks() const;  // in order of creation
    [[nodiscard]] base::Result<base::Done> remove_webhook(std::string_view id);

    // What a challenge sent to `callback` proved; ignored when the callback has changed since. The first
    // deliveries that subscriptions made before were waiting for come back with it. A webhook of the start-up state
    // that is verified later is verified in it: start-up may have been done before its callback was there.
    [[nodiscard]] base::Result<Fired> record_verification(std::string_view id, const base::Url& callback,
                                                          Verified verified);
    // A disabled webhook is sent nothing. After enabling, the next 4.0 event of each vehicle is FIRST_DELIVERY.
    [[nodiscard]] base::Result<Webhook> enable_webhook(std::string_view id);
    [[nodiscard]] base::Result<Webhook> disable_webhook(std::string_view id);

    // --- Connect and tokens ------------------------------------------------------------------------

    // The last visit decides what is granted. Codes "not_found" for a vehicle, "bad_scope" for a permission,
    // "bad_redirect_uri", "no_vehicles" when no vehicle of that mode suits.
    [[nodiscard]] base::Result<Connected> connect(const ConnectRequest& request);
    // The same visit when it ends with that error: where the browser would go, empty without a redirect URI.
    [[nodiscard]] base::Result<std::string> fail_connect(const ConnectRequest& request, ConnectError error);
    // GET /oauth/authorize approved at once, every vehicle that the request allows.
    [[nodiscard]] Authorization authorize(const AuthorizeRequest& request);

    // The steps of Connect's pages. Nothing is kept between them: each takes the visit from the start.
    [[nodiscard]] Admission admit(const AuthorizeRequest& request) const;
    [[nodiscard]] std::vector<std::string> makes(const Visit& visit) const;  // that it may choose from, sorted
    [[nodiscard]] SignedIn sign_in(const Visit& visit, const Login& login);
    // Codes "no_vehicle_chosen", "one_vehicle_only", "no_permission_chosen": the page is shown again.
    [[nodiscard]] base::Result<Redirect> approve(const Visit& visit, const Login& login, const Approval& approval);

    // GET /oauth/reauthenticate: existing tokens open the vehicle again and no error is forced on it any more.
    [[nodiscard]] VehicleAdmission admit_reauthentication(const VehicleVisitRequest& request) const;
    [[nodiscard]] Redirect reauthenticate(const VehicleVisit& visit);
    // GET /battery-capacity: where the answer of nominal_capacity leads, for 30 days and at most an hour longer.
    [[nodiscard]] std::string battery_capacity_target(std::string_view vehicle_id) const;
    // Path and query where the owner of a vehicle authenticates again.
    [[nodiscard]] std::string reauthentication_target(std::string_view vehicle_id) const;
    [[nodiscard]] VehicleAdmission admit_battery_capacity(const VehicleVisitRequest& request) const;
    // Code "bad_capacity" for one that is not among capacity_choices() of the visit's vehicle.
    [[nodiscard]] base::Result<Redirect> choose_capacity(const VehicleVisit& visit, double capacity);

    // What the application calls its user, as the last visit said.
    [[nodiscard]] std::optional<std::string> external_id(std::string_view user_id) const;

    // POST /oauth/token. A code works once; `redirect_uri`, if given, is the one it was made for.
    [[nodiscard]] TokenAnswer exchange_code(const Credentials& credentials, std::string_view code,
                                            const std::optional<std::string>& redirect_uri);
    [[nodiscard]] TokenAnswer refresh(const Credentials& credentials, std::string_view refresh_token);
    // POST /oauth2/token: the client id is Configuration::api_client_id.
    [[nodiscard]] ApplicationTokenAnswer issue_application_token(const Credentials& credentials);
    // Whether it is one of those, and has not expired.
    [[nodiscard]] bool is_application_token(std::string_view token) const;

    // --- the API's reads and subscriptions, checked in the contract's order (api.md section 4) -----------

    [[nodiscard]] Allowed<VehiclePage> vehicles(std::string_view access_token, std::size_t limit,
                                                std::size_t offset) const;
    [[nodiscard]] Allowed<std::string> user(std::string_view access_token) const;  // its id
    // An empty permission asks for the connection only.
    [[nodiscard]] Allowed<Sight> read_vehicle(std::string_view access_token, std::string_view vehicle_id,
                                              std::string_view permission) const;
    // The order of a caller that read_vehicle() let in: obeyed, with the events its changes fire, or the reason why
    // not. A vehicle that is gone by now is PERMISSION.
    [[nodiscard]] std::variant<Commanded, contract::ApiError> command(std::string_view vehicle_id, const Order& order);
    // Subscribing twice is a success that changes nothing (webhooks.md section 8.1).
    [[nodiscard]] Allowed<Fired> subscribe(std::string_view access_token, std::string_view vehicle_id,
                                           std::string_view webhook_id);
    [[nodiscard]] Allowed<base::Done> unsubscribe(std::string_view application_management_token,
                                                  std::string_view vehicle_id, std::string_view webhook_id);

    // --- what the application manages (connections.cc); who may ask is the caller's business ----------------

    // Newest first.
    [[nodiscard]] ConnectionPage connections(const ConnectionFilter& filter, const ConnectionWindow& window);
    // All that pass the filter end as by disconnect(); what they were.
    [[nodiscard]] std::vector<Connection> end_connections(const ConnectionFilter& filter);
    // All connections of the user end and the application's name for the user is forgotten. Nothing for a user that
    // nobody is.
    [[nodiscard]] std::optional<std::vector<Connection>> delete_user(std::string_view user_id);
    // A connected vehicle of that user, or of anybody when it is empty: VALIDATION, PERMISSION.
    [[nodiscard]] Allowed<Sight> show_vehicle(std::string_view vehicle_id, std::string_view user_id) const;
    // Whether they are the application's client id and secret.
    [[nodiscard]] bool accepts_client(const Credentials& credentials) const;

    [[nodiscard]] SubscriptionPage subscriptions(const SubscriptionFilter& filter, std::size_t offset,
                                                 std::size_t limit);
    [[nodiscard]] std::variant<Fired, SubscriptionRefusal> add_subscription(const SubscriptionRequest& request);
    // What it was; nothing for an id of none.
    [[nodiscard]] std::optional<Subscription> remove_subscription(std::string_view id);

    // The last thousand can be asked for.
    void keep_execution(Execution execution);
    [[nodiscard]] std::optional<Execution> execution(std::string_view vehicle_id, std::string_view id) const;

    // --- the fleet, as the dashboard sees it; a vehicle is an id or a fixture name --------------------

    [[nodiscard]] std::vector<FleetEntry> fleet() const;
    [[nodiscard]] base::Result<FleetEntry> fleet_entry(std::string_view vehicle) const;

    // The dashboard's button. Codes "not_found", "not_connected".
    [[nodiscard]] base::Result<Fired> subscribe_vehicle(std::string_view webhook_id, std::string_view vehicle);
    // The vehicle's id.
    [[nodiscard]] base::Result<std::string> unsubscribe_vehicle(std::string_view webhook_id, std::string_view vehicle);

    // Changes signals and fires what that triggers: charging events on 2.0 webhooks, one VEHICLE_STATE with all
    // changed triggers on 4.0 webhooks. Bodies as vehicle::parse_changes makes them. Code "not_found".
    [[nodiscard]] base::Result<Fired> set_state(std::string_view vehicle, const vehicle::Changes& changes);
    // What the vehicle's owner granted. 4.0 webhooks are told what fails now and what no longer does. Codes
    // "not_found", "not_connected", "bad_scope".
    [[nodiscard]] base::Result<Fired> set_permissions(std::string_view vehicle, const PermissionChange& change);
    // The owner takes everything back: no token opens the vehicle any more and no webhook is subscribed to it (our
    // reading of webhooks.md section 7, which calls the end of deliveries obvious). Its id. Codes "not_found",
    // "not_connected".
    [[nodiscard]] base::Result<std::string> disconnect(std::string_view vehicle);
    // The same by the application, with an access token of the vehicle or its application management token.
    [[nodiscard]] Allowed<base::Done> disconnect(std::string_view token, std::string_view vehicle_id);

    // --- events ------------------------------------------------------------------------------------

    // Nothing about the vehicle changes. Codes "not_found", "unknown_event", "unknown_signal", "unknown_error".
    [[nodiscard]] base::Result<Fired> fire(const Firing& firing);
    // When something will happen by itself: a charge reaches a whole percent or its limit, a webhook of type schedule
    // or dynamic reads its vehicles. Nothing while nothing will.
    [[nodiscard]] std::optional<base::Instant> next_timer() const;
    // All that is due by now.
    [[nodiscard]] Fired run_timers();
    // The clock went back, after reset(): what charges has its present charge now, and every reading is one interval
    // away.
    void restart_timers();
    // Called, without locks, after every call that may have brought next_timer() forward, on that call's thread. Set
    // before any thread runs.
    void on_timer(std::function<void()> listener) { timer_set_ = std::move(listener); }

    // The effects will not be sent after all: what was owed among them is owed again.
    void owe_again(std::span<const Effect> effects);
    // The webhook, if it may be sent something now. Codes "not_found", "unverified", "disabled".
    [[nodiscard]] base::Result<Webhook> ready_webhook(std::string_view id) const;
    // "Send a test payload": mode test, about a vehicle nobody owns. Codes "not_found", "unverified", "disabled".
    [[nodiscard]] base::Result<Effect> test_payload(std::string_view webhook_id);
    // Bytes somebody chose, sent to that webhook as they are. Codes "not_found", "unverified", "disabled".
    [[nodiscard]] base::Result<Effect> raw_payload(std::string_view webhook_id, std::string bytes);

    // The next number of a kind that the parent has, from 0: for ids that others than the platform give out.
    [[nodiscard]] std::uint64_t next_ordinal(std::string_view kind, std::string_view parent);

    // --- snapshots ------------------------------------------------------------------------------------

    // The whole platform at this instant as JSON, and back (docs/sim-api.md).
    [[nodiscard]] std::string snapshot() const;
    // What restore() takes, from a body that was parsed from `text`; the first mistake with its place.
    [[nodiscard]] base::Result<SnapshotPtr> read_snapshot(const document::Value& body, std::string_view text) const;
    // The platform is what the snapshot says, and `clock`, the one it was made with, shows the snapshot's instant. Ids
    // go on counting, as after reset(), which still returns to the same start.
    void restore(const SnapshotPtr& snapshot, base::VirtualClock& clock);

    // --- start and reset ------------------------------------------------------------------------------

    // What reset() returns to is the state now: called once start-up has made its webhooks and connections.
    void keep_as_start();
    // No timer runs until restart_timers(): the clock may have to be moved first. Ids go on counting, so that no event
    // id is ever used twice.
    void reset();

private:
    class Acting;  // platform/acting.h

    // The records for the time of one call; requires mutex_.
    [[nodiscard]] Turn turn();

    const Configuration configuration_;
    const base::Clock& clock_;
    const base::Ids& ids_;

    mutable std::mutex mutex_;
    std::unique_ptr<Records> records_;  // guarded by mutex_, like all below
    std::unique_ptr<Records> start_;
    std::function<void()> timer_set_;
    ManagementTokens management_tokens_;
    std::unique_ptr<Ordinals> ordinals_;  // not part of the records: reset() must not repeat an event id
};

}  // namespace smartcar_sim::platform
