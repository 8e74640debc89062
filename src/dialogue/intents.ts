/** Whole messages that mean one thing: 确认, 算了先不填, 存草稿 … */

export type Intent =
  | 'confirm'
  | 'deny'
  | 'leave'
  | 'save'
  | 'discard'
  | 'resume'
  | 'restore'
  | 'summary'
  | 'deadline'
  | 'thanks'
  | 'list'
  | 'unchanged'
  | 'skip'
  | 'unsure'
  | 'optionA'
  | 'optionB';

const patterns: readonly (readonly [Intent, RegExp])[] = [
  [
    'confirm',
    /^(确认|确定|确认提交|确认上报|确认无误|提交|是|是的|对|对的|没错|没问题|可以|行|好|好的|ok|okay|y|yes)$/i,
  ],
  [
    'deny',
    /^(不是|不对|不|否|先别|等等|等一下|等下|等会儿?|慢着|别提交|先别提交|先不提交|不提交|不确认|先不确认|不要提交|n|no)$/i,
  ],
  [
    'leave',
    /^(取消|退出|算了|先不填|不填了|先不报|不报了|算了先不填|算了不填了|先不填了|以后再填|等会再填|待会再填|下次再填|停)$/,
  ],
  ['save', /^(存|存草稿|存为草稿|保存|保存草稿|存一下|先存着|先存草稿)$/],
  ['discard', /^(放弃|不要了|删除草稿|放弃草稿|作废|清空)$/],
  ['resume', /^(继续|接着填|继续填|接着|接着报|继续上报|继续填报)$/],
  ['restore', /^(恢复草稿|恢复|找回草稿)$/],
  ['summary', /^(汇总|核对|看看|看一下|填了什么|已填|看草稿|草稿)$/],
  [
    'deadline',
    /^(截止|截止哪天|截止时间|截止日期|什么时候截止|哪天截止|几号截止|最晚哪天|最晚什么时候|期限|截止到哪天|还有几天)$/,
  ],
  ['thanks', /^(谢谢|多谢|感谢|谢了|辛苦了|收到|知道了|明白|明白了|嗯|嗯嗯|哦|👌|👍|🙏|😊|😂)+$/u],
  ['list', /^(项目清单|清单|看清单|项目列表|列出项目|看项目|查看项目清单|查看清单)$/],
  ['unchanged', /^(本月|这个月|本期|这期|\d+月)?(都|全部|全)?(没|没有|无|未)(变化|变动|新增|有变化)$/],
  ['skip', /^(跳过|先跳过|下一项|下一个|先过|略过|这项先不填|这个先不填)$/],
  ['unsure', /^(不知道|不清楚|不会填|不懂|不明白|没看懂|看不懂|啥意思|什么意思|怎么填)$/],
  ['optionA', /^(a|选a|方案a)$/i],
  ['optionB', /^(b|选b|方案b)$/i],
];

/** The text without blanks, polite openings and closing marks. */
export function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(那就|那|请|麻烦|帮我|我要|我想|嗯[,，]?|好[,，])/u, '')
    .replace(/[。.！!~～、,，;；?？]+$/u, '')
    .replace(/(一下|吧|了吧|哈|啊|呢|哦|呀|谢谢)$/u, '');
}

export function intentOf(text: string): Intent | null {
  const pieces = text.split(/[,，。;；!！\s]+/u).filter(Boolean);
  return wholeIntent(text) ?? (pieces.length > 1 && pieces.length < 4 ? commonIntent(pieces) : null);
}

/** 没问题，提交吧 and 好的，确认 say one thing in several words. */
function commonIntent(pieces: readonly string[]): Intent | null {
  const said = new Set(pieces.map(wholeIntent).filter((intent) => intent !== 'thanks'));
  const [only] = said;
  return said.size === 1 && only === 'confirm' ? 'confirm' : null;
}

function wholeIntent(text: string): Intent | null {
  const said = bare(text);
  const plain = text.normalize('NFKC').replace(/[\s。.！!~～,，]+/gu, '');
  const intent = patterns.find(([, pattern]) => pattern.test(said) || pattern.test(plain))?.[0] ?? null;
  // 确认？ asks, and confirms nothing.
  return intent === 'confirm' && /[?？]\s*$/.test(text) ? 'summary' : intent;
}

const start = /^(上报|填报|报送|报数|填表|开始填报|开始上报|我要上报|我要填报|开始)/;

/** 上报, 填报6月, 上报 企业30: what follows the word; null when the message does not begin so. */
export function startOf(text: string): string | null {
  const said = text
    .normalize('NFKC')
    .trim()
    .replace(/^(请|麻烦|我要|我想|帮我|现在|来)/u, '');
  return start.test(said) ? said.replace(start, '').trim() : null;
}

const question =
  /怎么填|怎么算|怎么报|如何填|什么算|哪些算|什么是|是什么|什么意思|啥意思|是指什么|指什么|算不算|填什么|多少算/;

/** 提成怎么填? 什么算惠及? */
export function isAboutField(text: string): boolean {
  return question.test(text.normalize('NFKC'));
}
