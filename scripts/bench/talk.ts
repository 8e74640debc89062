/** What the people of the benchmark say, as the bytes that WeCom would post. */
import { benchKeys, seal, sign } from './sealing';

export const callbackPath = '/callback/wecom/app';

/**
 * One report without its 确认, so that it can be told again and again: each turn but the last answers the open question.
 * The figures lie above last month's, which `seed.ts` has filed.
 */
const walk = [
  { text: '高校院所5', answers: true },
  { text: '27', answers: true },
  { text: '135', answers: true },
  { text: '不变', answers: true },
  { text: '不变', answers: true },
  { text: '98', answers: true },
  { text: '放弃', answers: false },
] as const;

export const userIdOf = (person: number): string => `contact${person}`;

const sayingOf = (turn: number) => walk[turn % walk.length] ?? walk[0];

/** Whether the turn writes an answer to the draft. */
export const isAnswer = (turn: number): boolean => sayingOf(turn).answers;

/** A whole HTTP request: what a person says in the given turn, signed and sealed. */
export function requestOf(person: number, turn: number, createTime: number): Buffer {
  const sealed = seal(benchKeys, messageOf(person, turn, createTime));
  const [timestamp, nonce] = [String(createTime), `${person}0${turn}`];
  const signature = sign(benchKeys.token, timestamp, nonce, sealed);
  const body = `<xml><ToUserName><![CDATA[${benchKeys.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  const head = `POST ${callbackPath}?${query} HTTP/1.1\r\nhost: bench\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.from(head + body);
}

function messageOf(person: number, turn: number, createTime: number): string {
  return [
    `<xml><ToUserName><![CDATA[${benchKeys.corpId}]]></ToUserName>`,
    `<FromUserName><![CDATA[${userIdOf(person)}]]></FromUserName>`,
    `<CreateTime>${createTime}</CreateTime><MsgType><![CDATA[text]]></MsgType>`,
    `<Content><![CDATA[${sayingOf(turn).text}]]></Content>`,
    `<MsgId>${person + 1}${String(turn).padStart(9, '0')}</MsgId><AgentID>${benchKeys.agentId}</AgentID></xml>`,
  ].join('');
}
