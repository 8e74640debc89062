/** Every channel keeps the contract of `src/channels/channel.ts`. */
import { describeContract, type Kind } from './contract';
import { dingtalkHttp, dingtalkStream } from './subjects/dingtalk';
import { playground } from './subjects/playground';
import { dingtalkGroupRobot, wecomGroupRobot } from './subjects/webhook';
import { wecomApp } from './subjects/wecom';
import { wecomBotCallback, wecomBotLong } from './subjects/wecom-bot';

const kinds: readonly Kind[] = [
  wecomApp,
  dingtalkHttp,
  dingtalkStream,
  wecomBotCallback,
  wecomBotLong,
  wecomGroupRobot,
  dingtalkGroupRobot,
  playground,
];

for (const kind of kinds) describeContract(kind);
