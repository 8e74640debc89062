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
  | 'restart'
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
    'confirm',
    /^(好|对|是|行|可以){2,6}$|^(全|都|全部|全都)(对|没错|没问题|正确)了?$|^(嗯|好|的|对|是|行|可以)*(确认|确定|提交|核对过?无误|无误|就这样|就这么报|没错|没问题|没毛病)(的|确认|提交|上报|可以提交)?$/,
  ],
  [
    'deny',
    /^(不是|不对|不|否|先别|等等|等一下|等下|等会儿?|慢着|别提交|先别提交|先不提交|不提交|不确认|先不确认|不要提交|不删了?|别删了?|不要删|n|no)$/i,
  ],
  [
    'leave',
    /^(取消|退出|算了|先不填|不填了|先不报|不报了|算了先不填|算了不填了|先不填了|以后再填|等会再填|待会再填|下次再填|停)$/,
  ],
  ['save', /^(存|存草稿|存为草稿|保存|保存草稿|存一下|先存着|先存草稿)$/],
  [
    'save',
    /^[^\d一二三四五六七八九十百千万]{0,10}(明天|后天|改天|晚点|晚些|晚上|下午|回头|待会儿?|等会儿?|等一?下|过会儿?|过两天|有空|下周|以后)(再|接着|继续)(上报|报|填|说|弄|来|看|搞)?$|^(收到|好的?|嗯)?[,，]?(我)?(马上|这就|立刻|立马|晚点|晚些|一会儿?|等会儿?|待会儿?|回头|明天)(就)?(上报|报|填|弄|来|交)?(过来)?$/,
  ],
  ['restart', /^(重新|重头|从头)(开始)?(上报|填报|填写|填|报|来)?(一遍|一次)?$|^(重来|重填|重报|全部重填|重新来过)$/],
  ['discard', /^(放弃|不要了|删除草稿|放弃草稿|作废|清空)$/],
  ['resume', /^(继续|接着填|继续填|接着|接着报|继续上报|继续填报)$/],
  ['restore', /^(恢复草稿|恢复|找回草稿)$/],
  ['summary', /^(汇总|核对|看看|看一下|填了什么|已填|看草稿|草稿)$/],
  [
    'summary',
    /^(我|现在|目前|都|已经)*(还(差|缺|剩|有)(什么|啥|几项|哪些|哪几项|多少)(没填|没报|要填|项)?|(填|报)到(哪|第几项|什么地方)(里|儿|了|一步了)*|到哪(一步)?了|(填|报)了(哪些|几项|多少项|啥)|(全?都|已经)?(填|写)(完|好|全)了(吗|没有|没|么)?|再?看看?(我)?填的(数)?|看看?汇总|再(看|核对|检查)(看|一下|一遍)?)$/,
  ],
  [
    'deadline',
    /^(截止|截止哪天|截止时间|截止日期|什么时候截止|哪天截止|几号截止|最晚哪天|最晚什么时候|期限|截止到哪天|还有几天)$/,
  ],
  [
    'deadline',
    /^(报表)?(最迟|最晚|必须)?(什么时候|啥时候|几号|哪天|哪一天|多久)(之前|以前|前)?(要|得|必须)?(截止|截至|到期|上报|报|交|报完|交上去|结束)(啊|呢)?$|^还来得及(吗|不|么)?$|^几号(是)?最后(一天|期限)$|^截[止至](日期|时间)?(是|到)?(什么时候|几号|哪天|多久)$/,
  ],
  [
    'thanks',
    /^(谢谢|多谢|感谢|谢了|辛苦了|收到|知道了|明白|明白了|嗯|嗯嗯|哦|👌|👍|🙏|😊|😂|再见|拜拜|哈|呵|晚安|您也辛苦|好嘞|好勒)+$/u,
  ],
  [
    'list',
    /^(项目清单|清单|看清单|项目列表|列出项目|看项目|查看项目清单|查看清单)$|^(看看?|查看?|列出)?(我们|我们县|我县|现在|目前)?的?(项目|清单|项目清单)(有哪些|都有哪些|有几个|有几项|一共几个|多少个|有变化吗|对吗)$|^(看(看|一下)?|查看?)(我们|我县|我们县)的?(项目|清单|项目清单)$|^(一共|总共|现在)?有?(几个|多少个|哪些)项目$/,
  ],
  [
    'unchanged',
    /^(我们?县?|我区|我单位)?(本月|这个月|本期|这期|\d+月份?)?(都|全部|全|和上个?月比)?(没|没有|无|未)(变化|变动|新增|有变化|什么变化|啥变化)([,，]?(都|全部)?(按|照|同|和)上个?月(的)?(数据?)?(报|填|上报|一样)?)?$/,
  ],
  ['unchanged', /^(都|全部|数据)?(按|照)上个?月的?(数据?)?(报|填|上报)$/],
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
  return said.size === 1 && (only === 'confirm' || only === 'deny' || only === 'save') ? only : null;
}

function wholeIntent(text: string): Intent | null {
  const said = bare(text);
  const plain = text.normalize('NFKC').replace(/[\s。.！!~～,，]+/gu, '');
  const intent = patterns.find(([, pattern]) => pattern.test(said) || pattern.test(plain))?.[0] ?? null;
  // 确认？ asks, and confirms nothing.
  return intent === 'confirm' && /[?？]\s*$/.test(text) ? 'summary' : intent;
}

const month = '(?:(?:20\\d{2}年?)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?|上个?月|本月|这个月)';
const verb = '(?:上报|填报|报送|报数|填表|报)';
const start = new RegExp(
  `^(?:上报|填报|报送|报数|填表|开始填报|开始上报|我要上报|我要填报|开始|(?:怎么|如何|怎样)(?:上报|填报|报送|报数)|报(?:一?下)?(?=${month}))`,
);
/** 6月份的开始报吧, 把6月的报一下 */
const monthFirst = new RegExp(
  `^(?:把|来)?(${month})的?(?:数据|报表|统计表|表)?(?:开始|现在|我来|要)?${verb}(?:一下|吧)*[。.!！]*$`,
);
/** 报表在哪填 is answered by the first question. */
const where = /^(?:报表|数据|数|表)?(?:在|从)?(?:哪里|哪儿|哪)(?:开始)?(?:填|上报|填报|报数|报)[?？]?$/;

/** 上报, 填报6月, 上报 企业30: what follows the word; null when the message does not begin so. */
export function startOf(text: string): string | null {
  const said = text
    .normalize('NFKC')
    .trim()
    .replace(/^(请|麻烦|我要|我想|帮我|现在|来)/u, '')
    .replace(/^([上填])\s+报/u, '$1报');
  if (where.test(said)) return '';
  return start.test(said) ? said.replace(start, '').trim() : (monthFirst.exec(said)?.[1] ?? null);
}

const question =
  /怎么填|怎么算|怎么报|如何填|什么算|哪些算|什么是|(?:包括|包含|算|计入)[^，,。]*(?:吗|么|[?？])$|是什么|什么意思|啥意思|是指什么|指什么|算不算|填什么|多少算/;

/** 提成怎么填? 什么算惠及? */
export function isAboutField(text: string): boolean {
  return question.test(text.normalize('NFKC'));
}
