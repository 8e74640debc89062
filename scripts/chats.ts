/** `npm run chats -- add … | list | remove ID`: which groups receive progress and bulletins. */
import { readWebhook, webhookChannels } from '../src/channels/webhook/places';
import type { Config } from '../src/config';
import { chatsHelp, parseChatsCommand } from '../src/roster/chats-arguments';
import { type KnownChannels, runChatsCommand } from '../src/roster/chats-command';
import { runScript } from './shell';

/** As the channels call themselves. */
function channelsOf({ wecomApp, wecomBot, dingtalk, trial, webhooks }: Config): KnownChannels {
  const configured = { wecom: wecomApp, 'wecom-bot': wecomBot, dingtalk, playground: trial };
  const names = Object.entries(configured).flatMap(([name, isThere]) => (isThere ? [name] : []));
  return {
    names: [...names, ...webhookChannels],
    readWebhook: (channel, address, signingSecret) => readWebhook(webhooks, channel, address, signingSecret),
  };
}

void runScript(parseChatsCommand(process.argv.slice(2)), chatsHelp, (command, desk, config) =>
  runChatsCommand(command, desk, channelsOf(config)),
);
