// Wrong: json.Marshal of a map is hashed, which sorts the keys. The challenge is answered rightly; every event is refused.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"regexp"
)

var token = []byte(os.Getenv("APPLICATION_MANAGEMENT_TOKEN"))

var shapeOfChallenge = regexp.MustCompile(`^[A-Za-z0-9._~-]{8,128}$`)

func hashOf(message []byte) string {
	mac := hmac.New(sha256.New, token)
	mac.Write(message)
	return hex.EncodeToString(mac.Sum(nil))
}

// The challenge of either version, "" when it is something else.
func challengeIn(body map[string]any) string {
	var holder map[string]any
	if body["eventName"] == "verify" {
		holder, _ = body["payload"].(map[string]any)
	} else if body["eventType"] == "VERIFY" {
		holder, _ = body["data"].(map[string]any)
	}
	challenge, _ := holder["challenge"].(string)
	return challenge
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func webhooks(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		answer(w, http.StatusMethodNotAllowed, map[string]any{"error": "POST only"})
		return
	}
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"error": "not JSON"})
		return
	}
	if challenge := challengeIn(body); shapeOfChallenge.MatchString(challenge) {
		answer(w, http.StatusOK, map[string]any{"challenge": hashOf([]byte(challenge))})
		return
	}
	text, _ := json.Marshal(body)
	if !hmac.Equal([]byte(r.Header.Get("SC-Signature")), []byte(hashOf(text))) {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "wrong signature"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"received": true})
}

func main() {
	http.HandleFunc("/webhooks", webhooks)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
