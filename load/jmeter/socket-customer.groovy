// What a customer on a WebSocket does with one frame. Called after each read; it leaves in the thread's variables what is to be
// sent next (`send`: an answer of the protocol, `ask`: a buy) and how far the customer is (`phase`: wait, buy, claimed, done).
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

final OPENING_MS = 660_000L
final ANSWER_MS = 30_000L
final CONFIRMATION_MS = 60_000L
final ATTEMPTS_MAX = 12
final ASK_AGAIN = ['too_many_requests', 'unavailable', 'internal_error', 'sale_not_active']
final DECISIVE = ['sold_out', 'already_purchased']

def frame = prev.responseDataAsString ?: ''
def now = System.currentTimeMillis()
vars.put('send', '')
vars.put('ask', '')

def parse = { int from -> new JsonSlurper().parseText(frame.substring(from)) }
def enter = { String phase, long withinMs ->
  vars.put('phase', phase)
  vars.put('deadline', String.valueOf(now + withinMs))
}
def fail = { String why ->
  prev.successful = false
  prev.responseCode = why
  vars.put('phase', 'done')
}
// Over Socket.IO the digits between 42 and the bracket number the question; the answer bears the same ones.
def ask = {
  def attempt = (vars.get('attempt') as int) + 1
  vars.put('attempt', String.valueOf(attempt))
  def payload = [saleId: vars.get('saleId'), requestId: "${vars.get('saleId')}:${vars.get('customerId')}".toString()]
  vars.put('ask', "42${attempt}" + JsonOutput.toJson(['buy', payload]))
}
def noteOrder = { order ->
  if (order.saleId != vars.get('saleId') || order.status == 'claimed') return
  vars.put('settled', order.status)
}
def leaveIfSettled = {
  def settled = vars.get('settled')
  if (vars.get('phase') != 'claimed' || settled == '') return
  prev.sampleLabel = "order: ${settled}"
  settled == 'confirmed' ? vars.put('phase', 'done') : fail(settled)
}

if (vars.get('deadline') == '') enter('wait', OPENING_MS)

if (frame.startsWith('0{')) {
  vars.put('send', '40' + JsonOutput.toJson([token: vars.get('token')]))
} else if (frame == '2') {
  vars.put('send', '3')
} else if (frame.startsWith('44')) {
  fail(parse(2).data?.code ?: 'refused')
} else if (frame.startsWith('41') || frame == '1') {
  fail('closed by the shop')
} else if (frame.startsWith('42["sale"')) {
  def sale = parse(2)[1]
  if (vars.get('phase') == 'wait' && !(sale.status in ['scheduled', 'paused'])) {
    vars.put('saleId', sale.id)
    enter('buy', ANSWER_MS)
    ask()
  }
} else if (frame.startsWith('42["order"')) {
  noteOrder(parse(2)[1])
  leaveIfSettled()
} else if (frame.startsWith('43') && vars.get('phase') == 'buy') {
  def answer = parse(frame.indexOf('['))[0]
  def outcome = answer.ok ? 'claimed' : answer.code
  prev.sampleLabel = "answer: ${outcome}"
  if (answer.ok) {
    enter('claimed', CONFIRMATION_MS)
    noteOrder(answer.order)
    leaveIfSettled()
  } else if (outcome in DECISIVE) {
    vars.put('phase', 'done')
  } else if (outcome in ASK_AGAIN && (vars.get('attempt') as int) < ATTEMPTS_MAX) {
    prev.sampleLabel = "asked again: ${outcome}"
    sleep(Math.min(5_000L, (answer.retryAfterMs ?: 200) as long) + (long) (Math.random() * 100))
    ask()
  } else {
    fail(outcome)
  }
} else if (!prev.successful) {
  fail(prev.responseCode ?: 'no connection')
}

if (vars.get('phase') != 'done' && now > (vars.get('deadline') as long)) {
  fail("no news in time: ${vars.get('phase')}")
}

// The plan's loops and branches look at these: an expression of their own would be compiled again and again, by all threads at once.
vars.put('waiting', String.valueOf(vars.get('phase') == 'wait'))
vars.put('buying', String.valueOf(vars.get('phase') == 'buy'))
vars.put('holding', String.valueOf(vars.get('phase') == 'claimed'))
vars.put('sendDue', String.valueOf(vars.get('send') != ''))
vars.put('askDue', String.valueOf(vars.get('ask') != ''))
