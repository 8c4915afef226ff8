// What Go makes of bodies, by Go itself: encoding/json, crypto/hmac, fmt. Prints what wrong_code.py prints.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"os"
)

const key = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10"
const challenge = "challenge_063f9ab0f106cc06b7d06e7945b4eced"

type wrong struct {
	ID       string `json:"id"`
	Subject  string `json:"subject"`
	Key      string `json:"key"`
	Message  string `json:"message"`
	Received string `json:"received"`
}

var cases []wrong

func mac(under, message []byte) []byte {
	h := hmac.New(sha256.New, under)
	h.Write(message)
	return h.Sum(nil)
}

func signed(id, body string, hashed []byte) {
	cases = append(cases, wrong{id, "body", key, body, hex.EncodeToString(mac([]byte(key), hashed))})
}

func answered(id, received string) {
	cases = append(cases, wrong{id, "challenge", key, challenge, received})
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func bodies(body string) {
	var parsed map[string]interface{}
	must(nil, json.Unmarshal([]byte(body), &parsed))
	signed("body-as-go-map", body, must(json.Marshal(parsed)))
	var encoded bytes.Buffer
	must(nil, json.NewEncoder(&encoded).Encode(parsed))
	signed("body-as-go-map", body, encoded.Bytes())
	var unescaped bytes.Buffer
	encoder := json.NewEncoder(&unescaped)
	encoder.SetEscapeHTML(false)
	must(nil, encoder.Encode(parsed))
	signed("body-as-go-map", body, unescaped.Bytes())
	var numbers map[string]interface{}
	decoder := json.NewDecoder(bytes.NewReader([]byte(body)))
	decoder.UseNumber()
	must(nil, decoder.Decode(&numbers))
	signed("body-as-go-map", body, must(json.Marshal(numbers)))
	signed("body-html-escaped", body, must(json.Marshal(json.RawMessage(body))))
	signed("body-printed-by-go", body, []byte(fmt.Sprint(parsed)))
	signed("body-printed-by-go", body, []byte(fmt.Sprintf("%v", parsed)))
}

func main() {
	awkward := string(must(os.ReadFile(os.Args[1])))
	bodies(awkward)
	for _, number := range []string{"0.000001", "0.00000099", "1e20", "1e21", "1.5e-10", "123456", "1234567", "1e6",
		"0.0001", "0.00001", "-0.0", "5e-324", "12345678901234567890", "-1.50"} {
		bodies(fmt.Sprintf(`{"z":1.0,"value":%s,"url":"a/b?c&d=<e>","a":[null,true]}`, number))
	}
	quoted := string(must(json.Marshal("Zürich \"78\"")))
	signed("quoted-body", "Zürich \"78\"", []byte(quoted))
	signed("body-html-entities", awkward, []byte(html.EscapeString(awkward)))
	signed("no-body", awkward, nil)
	signed("no-body", awkward, []byte(fmt.Sprint(nil)))
	signed("message-in-base64", awkward, []byte(base64.StdEncoding.EncodeToString([]byte(awkward))))

	right := mac([]byte(key), []byte(challenge))
	answered("base64", base64.StdEncoding.EncodeToString(right))
	answered("byte-list", string(must(json.Marshal(numbersOf(right)))))
	plain := sha256.Sum256([]byte(challenge))
	answered("unkeyed-sha256", hex.EncodeToString(plain[:]))
	answered("key-and-message-swapped", hex.EncodeToString(mac([]byte(challenge), []byte(key))))
	answered("absent-challenge", hex.EncodeToString(mac([]byte(key), []byte(fmt.Sprint(nil)))))
	object := map[string]interface{}{"challenge": challenge}
	answered("challenge-object", hex.EncodeToString(mac([]byte(key), []byte(fmt.Sprint(object)))))
	answered("challenge-object", hex.EncodeToString(mac([]byte(key), must(json.Marshal(object)))))
	answered("no-key", hex.EncodeToString(mac([]byte(os.Getenv("NO_SUCH_VARIABLE")), []byte(challenge))))
	// hash.Sum does not hash its argument: it puts the state's digest behind it.
	answered("sum-of-message", hex.EncodeToString(hmac.New(sha256.New, []byte(key)).Sum([]byte(challenge))))
	fmt.Println(string(must(json.Marshal(map[string]interface{}{"cases": cases}))))
}

func numbersOf(raw []byte) []int {
	numbers := make([]int, 0, len(raw))
	for _, b := range raw {
		numbers = append(numbers, int(b))
	}
	return numbers
}
