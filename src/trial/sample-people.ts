/** The people of the trial: invented, one contact or more in each county, staff and a leader of the bureau. */
import type { Role } from '../../entities/assignment';

export interface SamplePerson {
  /** Account in the playground. */
  readonly userId: string;
  readonly name: string;
  readonly title: string;
  /** Code of the unit. */
  readonly unit: string;
  readonly role: Role;
  readonly deputy: boolean;
}

const person = (
  userId: string,
  name: string,
  title: string,
  unit: string,
  role: Role,
  deputy = false,
): SamplePerson => ({
  userId,
  name,
  title,
  unit,
  role,
  deputy,
});

export const samplePeople: readonly SamplePerson[] = [
  person('zhangsan', '张三', '知识产权股科员', 'GS', 'contact'),
  person('lisi', '李四', '知识产权股科员', 'GS', 'contact', true),
  person('zhaolei', '赵磊', '副局长', 'GS', 'lead'),
  person('wangwu', '王五', '知识产权股股长', 'LS', 'contact'),
  person('chenjing', '陈静', '知识产权股科员', 'SH', 'contact'),
  person('sunyue', '孙悦', '知识产权股科员', 'PQ', 'contact'),
  person('zhoumin', '周敏', '知识产权股科员', 'XX', 'contact'),
  person('liuyang', '刘洋', '知识产权股科员', 'XI', 'contact'),
  person('heping', '何平', '知识产权股科员', 'SC', 'contact'),
  person('luxin', '陆欣', '知识产权股股长', 'GU', 'contact'),
  person('fangyuan', '方圆', '知识产权股科员', 'HC', 'contact'),
  person('gaofei', '高飞', '知识产权股科员', 'HB', 'contact'),
  person('keyuan', '科员甲', '知识产权促进科科员', 'XY', 'staff'),
  person('juzhang', '局长甲', '副局长', 'XY', 'leader'),
];

/** Somebody whom nobody has registered yet. */
export const newcomer = { userId: 'newcomer', name: '新来的人' } as const;

export const sampleGroup = { id: 'pilot-group', name: '专利开放许可试点工作群' } as const;
