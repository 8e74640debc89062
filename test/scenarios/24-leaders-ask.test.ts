import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 24, what leaders and staff ask after the bulletin, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const at = (time: string) => office.moveClock(`2025-${time}:00+08:00`);
  const ask = async (text: string, who = 'juzhang') => office.plain(await office.say(who, text));

  it('tells when 息县 was reminded, that nobody answered, and what comes next', async () => {
    await at('07-07T18:05');
    const answer = await ask('息县为什么没报');
    expect(answer).toMatch(/7月2、4、7日已催3次（联络员刘洋），均未回复。/);
    expect(answer).toMatch(/没有草稿/);
    expect(answer).toMatch(/明日，7月8日\(周二\)10:00（逾期第1天）再催正、副联络员.*7月17日24:00锁定/);
  });

  it.each(['息县怎么还没报', '息县为啥没交', '息县没报是什么原因', '息县6月为什么没报？'])(
    'understands “%s”',
    async (words) => {
      await at('07-07T18:05');
      expect(await ask(words, 'keyuan')).toMatch(/已催3次/);
    },
  );

  it('does not say that nobody answered when a contact has written', async () => {
    await at('07-04T11:00');
    await office.sayAll('liuyang', '截止哪天', '上报', '1', '12');
    const answer = await ask('息县为什么没报');
    expect(answer).toMatch(/7月2、4日已催2次.*来过消息，但没有提交/);
    expect(answer).toMatch(/草稿已填2\/6项，没有提交/);
  });

  it('tells of a pause, an extension and a withdrawal', async () => {
    await office.say('keyuan', '暂停催报 息县 因防汛 至7月12日');
    await office.say('keyuan', '延期 罗山 到7月10日 系统故障');
    await office.sayAll('zhangsan', '本月没变化', '确认', '撤回');
    expect(await ask('息县为什么没报')).toMatch(/还没有催过（联络员刘洋）.*因防汛暂停催报至7月12日/s);
    expect(await ask('罗山为什么没报')).toMatch(/已延期至7月10日/);
    expect(await ask('光山为什么没报')).toMatch(/7月2日\(周三\)09:30报过又撤回，还没有重新提交/);
  });

  it('says so when the unit has filed, has no contact, or the month is locked', async () => {
    await office.sayAll('zhangsan', '本月没变化', '确认');
    expect(await ask('光山为什么没报')).toMatch(/光山县6月统计表已报/);
    expect(await ask('羊山分局为什么没报')).toMatch(/尚无联络员，没有人可催/);
    await at('07-18T10:00');
    expect(await ask('息县为什么没报')).toMatch(/已于7月17日24:00锁定/);
  });

  it('tells a county’s lead of the own county alone, and a contact of nothing', async () => {
    expect(await ask('光山为什么没报', 'zhaolei')).toMatch(/还没有催过/);
    expect(await ask('息县为什么没报', 'zhaolei')).toBe('您只能看光山县的数。');
    expect(await ask('息县为什么没报', 'zhangsan')).not.toMatch(/催/);
  });

  it('shows which projects an amount is made of, and what is new since last month', async () => {
    await office.addProjects('GS', 1, ['8', '3.7']);
    await office.sayAll('zhangsan', '高校4 企业27 专利135 平台不变 推送1020', '确认');
    const answer = await ask('光山付费金额怎么来的');
    expect(answer).toMatch(/光山县2025年6月金额48\.2万元\n由项目清单得出：9个付费项目合计48\.2万元：/);
    expect(answer).toMatch(/1\. 豫南大学→恒通公司 2\.9万元/);
    expect(answer).toMatch(/白雀服饰有限公司 0万元（纯提成，销售额3%）/);
    expect(answer).toMatch(
      /与5月的36\.5万元相比\+11\.7：新增2个（豫南大学→新增企业2 8万元；豫南大学→新增企业3 3\.7万元）。/,
    );
    expect(await ask('光山的免费项目怎么来的')).toMatch(/由项目清单得出：6个免费项目：/);
    expect(await ask('光山许可数的明细')).toMatch(/由项目清单得出：15个项目：/);
  });

  it('keeps to the rows that the report counted, whatever the list holds since', async () => {
    await office.sayAll('zhangsan', '本月没变化', '确认', '第2项金额改成3.9');
    expect(await ask('光山付费金额怎么来的')).toMatch(/合计36\.5万元.*恒通公司 2\.9万元/s);
  });

  it('tells who filed a typed figure when, and what it was before', async () => {
    await office.sayAll('zhangsan', '企业20，其余不变', '有4家退出', '确认');
    expect(await ask('光山企业怎么来的')).toMatch(
      /企业20家\n张三7月2日\(周三\)09:30填报（V1，GS-202506-01）。\n说明：有4家退出\n5月为24家，本期-4。/,
    );
    await at('07-03T09:30');
    await office.sayAll('lisi', '企业改成21', '有3家退出', '确认');
    expect(await ask('光山企业数是谁报的', 'keyuan')).toMatch(/李四7月3日\(周四\)09:30由20家改为21家（V2/);
    expect(await ask('企业怎么来的', 'zhangsan')).toMatch(/李四7月3日/);
  });

  it('names the month that can be asked about while this one is not filed', async () => {
    expect(await ask('光山金额怎么来的')).toMatch(/6月统计表还没报.*光山县5月金额怎么来的/);
    expect(await ask('光山县5月金额怎么来的')).toMatch(/7个付费项目合计36\.5万元/);
    expect(await ask('光山怎么来的')).toMatch(/请说明是哪一项/);
    expect(await ask('罗山金额怎么来的', 'zhangsan')).toBe('您只能看光山县的数。');
  });

  it('sends the final bulletin with what is new in it since the provisional one', async () => {
    await office.sayAll('zhangsan', '本月没变化', '确认');
    await at('07-08T09:00');
    await office.sayAll('liuyang', '企业13，其余不变', '确认');
    await office.sayAll('zhangsan', '企业25', '确认');
    await at('07-18T09:30');
    const [provisional = '', final = ''] = (await office.told('juzhang')).map(office.plain);
    expect(provisional).toMatch(/通报（暂定）.*版本 202506-P1/s);
    expect(provisional).not.toMatch(/差异/);
    expect(final).toMatch(/通报（定稿）.*与暂定稿（202506-P1）的差异：.*版本 202506-F1/s);
    expect(final).toMatch(/光山县：企业24→25家/);
    expect(final).toMatch(/息县：未报→已报（迟报）/);
    expect(final).toMatch(/合计：高校院所3→4家、企业24→38家/);
    const group = (await office.told('pilot-group')).map(office.plain).at(-1);
    expect(group).toMatch(/与暂定稿（202506-P1）相比，新增已报1家：息县/);
    expect(group).not.toMatch(/24→25/);
  });

  it('says that the final bulletin is the provisional one when nothing has happened', async () => {
    await office.sayAll('zhangsan', '本月没变化', '确认');
    await at('07-18T09:30');
    expect((await office.told('juzhang')).map(office.plain).at(-1)).toMatch(/与暂定稿（202506-P1）一致，没有变化/);
  });

  it('shows the last bulletin again to whoever was told of it', async () => {
    expect(await ask('通报')).toMatch(/还没有统计表的通报.*“进度”/);
    await at('07-07T18:10');
    expect(await ask('看一下最近的通报')).toMatch(/2025年6月统计表通报（暂定）.*版本 202506-P1/s);
    expect(await ask('5月通报')).toMatch(/还没有5月统计表的通报/);
    expect(await ask('通报', 'zhangsan')).not.toMatch(/202506/);
  });

  it('shows none of it in a group', async () => {
    for (const words of ['息县为什么没报', '光山金额怎么来的']) {
      const answer = await office.say('juzhang', words, { group: 'pilot-group' });
      expect(office.plain(answer)).toMatch(/群里只谈进度/);
    }
  });
});
