/** The bot as WeCom's smart robot on MariaDB, connected either way, and what people say to it. */
import { type Delivered, type Delivery, deliver } from '../platforms/wecom-bot/callbacks';
import { type BotGateway, startBotGateway } from '../platforms/wecom-bot/gateway';
import { type BotWeb, startBotWeb } from '../platforms/wecom-bot/web';
import { mariaDb } from '../support/databases';
import { wecomBotKeys, wecomBotSettings, wecomLongKeys, wecomLongSettings } from '../support/platforms';
import { morningClock, type RosterLine, type Service, startService } from '../support/service';

interface Robot {
  readonly service: Service;
  /** The answer, empty when nothing is shown. */
  say(from: string, text: string, more?: Partial<Delivery>): Promise<string>;
  close(): Promise<void>;
}

export interface CalledRobot extends Robot {
  readonly web: BotWeb;
  send(delivery: Delivery): Promise<Delivered>;
}

export interface LongRobot extends Robot {
  readonly gateway: BotGateway;
}

/** Behind a callback address. */
export async function startCalledRobot(
  roster: readonly RosterLine[],
  more: Readonly<Record<string, string>> = {},
): Promise<CalledRobot> {
  const clock = morningClock();
  const web = await startBotWeb({ clock });
  const service = await startService(mariaDb, { clock, settings: { ...wecomBotSettings(web.url), ...more }, roster });
  const send = (delivery: Delivery) =>
    deliver({ ...wecomBotKeys, clock }, `${service.url}/callback/wecom/bot`, delivery);
  return {
    ...{ web, service, send },
    say: async (from, text, more = {}) => (await send({ from, text, ...more })).shown?.text ?? '',
    close: async () => {
      await service.close();
      await web.stop();
    },
  };
}

/** On the long connection; at the end the platform has to have found nothing wrong. */
export async function startLongRobot(roster: readonly RosterLine[]): Promise<LongRobot> {
  const clock = morningClock();
  const gateway = await startBotGateway({ ...wecomLongKeys, clock });
  const service = await startService(mariaDb, { clock, settings: wecomLongSettings(gateway.url), roster });
  await gateway.until(() => gateway.isConnected);
  return {
    ...{ gateway, service },
    say: async (from, text, more = {}) => {
      const before = gateway.answers.length;
      gateway.speak({ from, text, ...more });
      return (await gateway.until(() => gateway.answers[before])).text;
    },
    close: async () => {
      await service.close();
      await gateway.stop();
      expect(gateway.violations).toEqual([]);
    },
  };
}
