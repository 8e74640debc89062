/** The load, in a process of its own: many people, each answering as soon as it is their turn. Takes orders from bench.ts. */
import { createHistogram, performance } from 'node:perf_hooks';
import { BenchConnection } from './connection';
import { serveOrders } from './orders';
import { isAnswer, requestOf } from './talk';

export interface LoadOrder {
  readonly port: number;
  readonly people: number;
  readonly inFlight: number;
  readonly seconds: number;
  /** Seconds since 1970, as the callbacks carry it. */
  readonly createTime: number;
}

export interface LoadResult {
  readonly turns: number;
  /** Turns that wrote an answer to a draft. */
  readonly answers: number;
  /** Turns that were not answered with a reply. */
  readonly failed: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** More than any of the servers takes in a second on two cores. */
const mostPerSecond = 3000;

/** What everybody says next, sealed before the time is taken. */
class Stock {
  private readonly turns: number[];
  private readonly sealed: Buffer[][];

  constructor(
    people: number,
    private readonly createTime: number,
  ) {
    this.turns = Array.from({ length: people }, () => 0);
    this.sealed = Array.from({ length: people }, () => []);
  }

  prepare(requests: number): void {
    const each = Math.ceil(requests / this.turns.length);
    for (const [person, ready] of this.sealed.entries()) {
      for (let index = ready.length; index < each; index++) ready.push(this.seal(person, index));
    }
  }

  take(person: number): { readonly request: Buffer; readonly answers: boolean } {
    const turn = this.turns[person] ?? 0;
    const request = this.sealed[person]?.shift() ?? this.seal(person, 0);
    this.turns[person] = turn + 1;
    return { request, answers: isAnswer(turn) };
  }

  private seal(person: number, ahead: number): Buffer {
    return requestOf(person, (this.turns[person] ?? 0) + ahead, this.createTime);
  }
}

interface Tally {
  turns: number;
  answers: number;
  failed: number;
}

async function runLoad(order: LoadOrder, stock: Stock): Promise<LoadResult> {
  stock.prepare(Math.ceil(order.seconds * mostPerSecond));
  const lanes = Math.min(order.inFlight, order.people);
  const connections = await Promise.all(Array.from({ length: lanes }, () => BenchConnection.open(order.port)));
  const latency = createHistogram();
  const tally: Tally = { turns: 0, answers: 0, failed: 0 };
  const began = performance.now();
  const until = began + order.seconds * 1000;
  await Promise.all(
    connections.map(async (connection, lane) => {
      for (let person = lane; performance.now() < until; person += lanes) {
        if (person >= order.people) person = lane;
        await takeTurn(connection, stock.take(person), tally, latency.record.bind(latency));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  return { ...tally, seconds, p50Ms: latency.percentile(50) / 1e6, p99Ms: latency.percentile(99) / 1e6 };
}

async function takeTurn(
  connection: BenchConnection,
  { request, answers }: ReturnType<Stock['take']>,
  tally: Tally,
  record: (nanoseconds: number) => void,
): Promise<void> {
  const sent = performance.now();
  const reply = await connection.ask(request);
  record(Math.max(1, Math.round((performance.now() - sent) * 1e6)));
  tally.turns += 1;
  if (answers) tally.answers += 1;
  if (reply.status !== 200 || reply.length === 0) tally.failed += 1;
}

function serve(): void {
  let stock: Stock | null = null;
  serveOrders<LoadOrder, LoadResult>((order) => {
    stock ??= new Stock(order.people, order.createTime);
    return runLoad(order, stock);
  });
}

serve();
