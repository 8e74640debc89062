/** Chinese names and titles in running text: 张三科员, 知识产权股张三, 科员张三. What is not surely a name is not taken for one. */

export interface PersonWords {
  readonly name: string | null;
  readonly title: string | null;
}

const rank = '(?:[一二三四]级)?(?:正|副|代理|常务|见习)?';
const office =
  '主任科员|调研员|科员|办事员|股长|科长|主任|局长|所长|大队长|中队长|队长|处长|部长|院长|校长|书记|组长|站长|总经理|经理|董事长|主管|' +
  '干部|干事|专干|专员|职员|职工|工作人员|负责人|助理|工程师|会计|文员|内勤|秘书|教师|教授|讲师|研究员|律师|代理师|顾问';
const department = String.raw`\p{Script=Han}{2,12}?(?:办公室|[股科室所队处部办]|中心)`;
const title = `${rank}(?:${office})`;

const wholeTitle = new RegExp(`^(?:${department})?${title}$`, 'u');
const titleFirst = new RegExp(`^(?<title>(?:${department})?${title})(?<name>.+)$`, 'u');
const titleLast = new RegExp(`^(?<name>.+?)\\(?(?<title>${title})\\)?$`, 'u');
const departmentFirst = new RegExp(`^(?<department>${department})(?<rest>\\p{Script=Han}{2,})$`, 'u');

/** Said of a person, but neither name nor title. */
const noise = /^(?:的|副?联络员|联系人|这边|同志|工作的?)+|(?:同志|工作)$/gu;

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余蒋蔡杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅' +
  '方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左' +
  '柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦' +
  '戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗' +
  '燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权屠豆朴盖练廉禹井祖漆巴丰卿国狄平索宣晋云容扈晁芮普阙浦戈伏鹿薄邸雍辜羊' +
  '阿乌母裘亓修邰赫杭宿鲜印逯隆茹诺战慕危亢嵇哈湛宾戎勾揭尉冶斯檀衣阴昝智幸植衡富尧闭由';
const compound = /^(?:欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|东方|端木|长孙|宇文|独孤|南宫)/;

/** Two to four characters behind a surname, or parts joined by ·. Rarer names are told with the word 姓名 before them. */
export function looksLikeName(text: string): boolean {
  if (/^\p{Script=Han}{2,10}(?:·\p{Script=Han}{1,10})+$/u.test(text)) return true;
  return (
    /^\p{Script=Han}{2,4}$/u.test(text) && (surnames.includes(text.charAt(0)) || compound.test(text)) && !isTalk(text)
  );
}

const talk =
  /[你您咱我吗呢吧啊呀么哪谁]|什么|怎么|[好是的了]$|登记|注册|报送|上报|填报|报表|帮助|菜单|审核|通过|进度|明天|今天|稍后|谢谢|收到|知道|可以|没有|不用|暂无|取消|继续|确认|测试|平台|专利|企业/;

/** Words in a conversation rather than somebody's name or title. */
export const isTalk = (text: string): boolean => talk.test(text);

export function isTitle(text: string): boolean {
  return wholeTitle.test(text);
}

/** What a few words without separators say of a person: 知识产权股科员张三. */
export function readPerson(text: string): PersonWords {
  const words = text.replaceAll(noise, '');
  if (isTitle(words)) return { name: null, title: words };
  return titleAndName(words) ?? nameOnly(words) ?? departmentAndName(words) ?? { name: null, title: null };
}

function titleAndName(words: string): PersonWords | null {
  for (const pattern of [titleLast, titleFirst]) {
    const { name = '', title = '' } = pattern.exec(words)?.groups ?? {};
    const bare = name.replaceAll(noise, '');
    if (looksLikeName(bare)) return { name: bare, title };
    const inside = departmentFirst.exec(bare)?.groups;
    if (inside && looksLikeName(inside['rest'] ?? '')) {
      return { name: inside['rest'] ?? null, title: `${inside['department']}${title}` };
    }
  }
  return null;
}

const nameOnly = (words: string): PersonWords | null => (looksLikeName(words) ? { name: words, title: null } : null);

function departmentAndName(words: string): PersonWords | null {
  const { department: _, rest = '' } = departmentFirst.exec(words)?.groups ?? {};
  return looksLikeName(rest) ? { name: rest, title: null } : null;
}
