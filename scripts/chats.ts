/** `npm run chats -- add … | list | remove ID`: which groups receive progress and bulletins. */
import type { Config } from '../src/config';
import { chatsHelp, parseChatsCommand, runChatsCommand } from '../src/roster/chats-command';
import { runScript } from './shell';

/** As the channels call themselves. */
function channelsOf({ wecomApp, dingtalk, trial }: Config): readonly string[] {
  return [...(wecomApp ? ['wecom'] : []), ...(dingtalk ? ['dingtalk'] : []), ...(trial ? ['playground'] : [])];
}

void runScript(parseChatsCommand(process.argv.slice(2)), chatsHelp, (command, desk, config) =>
  runChatsCommand(command, desk, channelsOf(config)),
);
