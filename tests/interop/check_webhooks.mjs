// Verifies messages with the library of Standard Webhooks: [{secret, headers, body}] in, a list of true or an error out.
import {Webhook} from 'standardwebhooks';

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}
console.log(JSON.stringify(JSON.parse(text).map(({secret, headers, body}) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (error) {
    return error.message;
  }
})));
