/**
 * The floor that the product is held against: Koa, the signature and the cipher, and one transaction of three raw
 * statements; no bot that locks a chat and remembers a message does less.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import readRawBody from 'raw-body';
import { serveOrders } from './orders';
import { benchKeys, open, seal, sign } from './sealing';
import { cpuMs, type ServerOrder, type ServerResult } from './servers';

async function start({ databaseUrl, now }: ServerOrder): Promise<number> {
  const pool = createPool({ uri: databaseUrl, connectionLimit: 10, timezone: 'Z' });
  const app = new Koa();
  app.use(async (context) => {
    const body = await readRawBody(context.req, { encoding: 'utf8' });
    const encrypt = element(body, 'Encrypt');
    const { msg_signature: signature, timestamp, nonce } = context.query;
    if (signature !== sign(benchKeys.token, String(timestamp), String(nonce), encrypt)) return context.throw(403);
    const message = open(benchKeys, encrypt);
    await takeTurn(pool, element(message, 'FromUserName'), /<MsgId>(\d+)/.exec(message)?.[1] ?? '', new Date(now));
    context.type = 'application/xml';
    context.body = replyTo(element(message, 'FromUserName'), String(timestamp));
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const element = (xml: string, name: string): string => xml.split(`<${name}><![CDATA[`)[1]?.split(']]>')[0] ?? '';

async function takeTurn(pool: Pool, user: string, messageKey: string, now: Date): Promise<void> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const inbound = 'INSERT INTO inbound_message (channel, messageKey, receivedAt) VALUES (?, ?, ?)';
    await connection.query(inbound, ['wecom', messageKey, now]);
    const lock = 'SELECT id, state FROM conversation WHERE channel = ? AND chatKind = ? AND chatId = ? FOR UPDATE';
    const [rows] = await connection.query<RowDataPacket[]>(lock, ['wecom', 'private', user]);
    const state = JSON.stringify({ version: 1, open: null, asked: messageKey });
    const update = 'UPDATE conversation SET state = ?, updatedAt = ? WHERE id = ?';
    await connection.query(update, [state, now, rows[0]?.['id']]);
    await connection.commit();
  } finally {
    connection.release();
  }
}

function replyTo(user: string, timestamp: string): string {
  const text = '② 参与企业（上月24）？\n可回：不变（24）';
  const message = `<xml><ToUserName><![CDATA[${user}]]></ToUserName><FromUserName><![CDATA[${benchKeys.corpId}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content></xml>`;
  const encrypt = seal(benchKeys, message);
  const signature = sign(benchKeys.token, timestamp, '1', encrypt);
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[1]]></Nonce></xml>`;
}

function serve(): void {
  let port: Promise<number> | null = null;
  serveOrders<ServerOrder, ServerResult>(async (order) => {
    port ??= start(order);
    return { port: await port, cpuMs: cpuMs() };
  });
}

serve();
