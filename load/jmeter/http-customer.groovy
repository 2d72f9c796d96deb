// What a customer over HTTP does with one answer. Called after each request; it leaves in the thread's variables how far the
// customer is (`phase`: wait, buy, claimed, done). A refusal is an answer as good as any, so no status fails a sample by itself.
import groovy.json.JsonSlurper

final OPENING_MS = 660_000L
final ANSWER_MS = 30_000L
final CONFIRMATION_MS = 60_000L
final ATTEMPTS_MAX = 12
final ASK_AGAIN = ['too_many_requests', 'unavailable', 'internal_error', 'sale_not_active']
final DECISIVE = ['sold_out', 'already_purchased']

def now = System.currentTimeMillis()
def enter = { String phase, long withinMs ->
  vars.put('phase', phase)
  vars.put('deadline', String.valueOf(now + withinMs))
}
def fail = { String why ->
  prev.successful = false
  prev.responseCode = why
  vars.put('phase', 'done')
}
def body = null
try {
  body = new JsonSlurper().parseText(prev.responseDataAsString)
} catch (ignored) {
  // No JSON: a connection that failed, which is reported below.
}
if (vars.get('deadline') == '') enter('wait', OPENING_MS)

if (vars.get('phase') == 'claimed' && (!(body instanceof Map) || prev.responseCode in ['429', '503'])) {
  // The claim is answered already; a look at it that comes to nothing is repeated until the deadline.
  prev.successful = true
  prev.sampleLabel = 'GET /orders/me, asked again'
} else if (!(body instanceof Map)) {
  fail(prev.responseCode ?: 'no answer')
} else if (vars.get('phase') == 'wait') {
  prev.successful = prev.responseCode in ['200', '404', '503']
  def status = body.sale?.status
  if (status != null && !(status in ['scheduled', 'paused'])) {
    vars.put('saleId', body.sale.id)
    enter('buy', ANSWER_MS)
  }
} else if (vars.get('phase') == 'buy') {
  def outcome = prev.responseCode == '201' ? 'claimed' : body.code
  prev.sampleLabel = "POST /buy: ${outcome}"
  prev.successful = true
  def attempt = (vars.get('attempt') as int) + 1
  vars.put('attempt', String.valueOf(attempt))
  if (outcome == 'claimed') {
    enter('claimed', CONFIRMATION_MS)
  } else if (outcome in DECISIVE) {
    vars.put('phase', 'done')
  } else if (outcome in ASK_AGAIN && attempt < ATTEMPTS_MAX) {
    prev.sampleLabel = "POST /buy, asked again: ${outcome}"
    sleep(Math.min(5_000L, (body.retryAfterMs ?: 200) as long) + (long) (Math.random() * 100))
  } else {
    fail(outcome ?: "HTTP ${prev.responseCode}")
  }
} else if (vars.get('phase') == 'claimed') {
  def settled = body.orders?.find { it.saleId == vars.get('saleId') && it.status != 'claimed' }?.status
  if (settled == 'confirmed') vars.put('phase', 'done')
  else if (settled != null) fail(settled)
}

if (vars.get('phase') != 'done' && now > (vars.get('deadline') as long)) {
  fail("no news in time: ${vars.get('phase')}")
}

// The plan's loops and branches look at these: an expression of their own would be compiled again and again, by all threads at once.
vars.put('waiting', String.valueOf(vars.get('phase') == 'wait'))
vars.put('buying', String.valueOf(vars.get('phase') == 'buy'))
vars.put('holding', String.valueOf(vars.get('phase') == 'claimed'))
