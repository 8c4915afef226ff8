// Right: what io.ReadAll gives is what is hashed.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"unicode/utf8"
)

var token = []byte(os.Getenv("APPLICATION_MANAGEMENT_TOKEN"))

var shapeOfChallenge = regexp.MustCompile(`^[A-Za-z0-9._~-]{8,128}$`)

func hashOf(message []byte) string {
	mac := hmac.New(sha256.New, token)
	mac.Write(message)
	return hex.EncodeToString(mac.Sum(nil))
}

// The challenge of either version, "" when it is something else.
func challengeIn(raw []byte) string {
	var message struct {
		EventName string
		Payload   struct{ Challenge string }
		EventType string
		Data      struct{ Challenge string }
	}
	if json.Unmarshal(raw, &message) != nil {
		return ""
	}
	if message.EventName == "verify" {
		return message.Payload.Challenge
	}
	if message.EventType == "VERIFY" {
		return message.Data.Challenge
	}
	return ""
}

func isSigned(raw []byte, signatures []string) bool {
	return len(signatures) == 1 && hmac.Equal([]byte(signatures[0]), []byte(hashOf(raw)))
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
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
	if err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		return
	}
	if challenge := challengeIn(raw); shapeOfChallenge.MatchString(challenge) {
		answer(w, http.StatusOK, map[string]any{"challenge": hashOf([]byte(challenge))})
		return
	}
	if !isSigned(raw, r.Header.Values("SC-Signature")) {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "wrong signature"})
		return
	}
	if !json.Valid(raw) || !utf8.Valid(raw) {
		answer(w, http.StatusBadRequest, map[string]any{"error": "not JSON"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"received": true})
}

func main() {
	http.HandleFunc("/webhooks", webhooks)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
