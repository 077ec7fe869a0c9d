//! The complaint about everybody of the court, told by those whom it doesn't name.

use super::world::{Complaint, MARK, NAME, PHONE, World, day, petitioner_of};
use crate::support::registrations::{id_number, new_matter, person, visit};
use diesel::prelude::*;
use tingsong::accountability;
use tingsong::archive::{Filing, Item, Retention, archive};
use tingsong::assignments::{self, NewAssignment, NewStep, SenderKind, Step};
use tingsong::db::Conn;
use tingsong::deadlines::{self, Code, actions::Seen};
use tingsong::enforcement::{
    MeasureDraft, PaidBy, Said, SheetDraft, SumDraft, TalkKind, fix_due, issue, record_payment, record_talk,
};
use tingsong::entries;
use tingsong::handover::{self, forms::Successors};
use tingsong::instructions::{self, Asked, Given};
use tingsong::joint;
use tingsong::links::LinkKind;
use tingsong::links::actions as links;
use tingsong::matters::actions::{About, NewMatter, Person, Registration, TypedCase, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{Channel, EntryKind, Part};
use tingsong::matters::{Matter, MatterId};
use tingsong::people::{DivisionKind, Role};
use tingsong::petitioners::PetitionerId;
use tingsong::referrals::{self, forms::Destination};
use tingsong::schema::{assignments as assigned, matters};
use tingsong::supervision::{self, Manner, Notice};

fn words(text: &str) -> String {
    format!("{MARK}：{text}")
}

impl World {
    pub async fn complained_about(&self) -> Complaint {
        self.app.at("2026-11-23 10:00");
        let open = self.registered("open", Screening::Accepted);
        let petitioner = petitioner_of(&self.app, open);
        let answered = Screening::AnsweredOnTheSpot { answer: words("当面说明。") };
        let closed = self.registered("answered", answered);
        let merged = self.registered("merged", Screening::Accepted);
        let referred = self.registered("referred", Screening::Accepted);
        self.linked(open, merged);
        self.worked(open).await;
        self.supervised(open);
        self.reported(open);
        self.enforced(open);
        self.delayed(open);
        self.replied(open).await;
        self.filed(closed);
        self.reviewed(closed);
        self.handed_over(referred);
        Complaint { open, closed, merged, referred, petitioner }
    }

    fn registered(&self, key: &str, screening: Screening) -> MatterId {
        let civil = self.app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
        let new = NewMatter {
            claim: words("反映办案人员"),
            summary: words("在某处吃请"),
            cases: vec![TypedCase {
                number: "（2026）豫0404民初777号".into(), verified: true, reason: None
            }],
            division_id: Some(civil),
            complained_of: self.named(),
            screening,
            ..new_matter()
        };
        let mut who = person(NAME, &id_number("41040419701010", 7), PHONE);
        who.address = Some(words("石龙区某街9号"));
        let who = match key {
            "open" => Who::New(Box::new(who)),
            _ => Who::Known(self.complainant()),
        };
        let assigned = NewAssignment {
            sender_kind: SenderKind::HigherCourt,
            sender: words("某中级法院"),
            number: words("交〔2026〕77号"),
            dated_on: None,
            received_on: day("2026-11-23"),
            due_on: Some(day("2026-12-10")),
            demand: words("报告结果"),
        };
        let assigned = (key == "open").then_some(assigned);
        let channel = if assigned.is_some() { Channel::Assigned } else { Channel::Visit };
        let visited = visit(&format!("secret-{key}"), who, About::New(Box::new(new)));
        let also =
            Person { who: Who::Known(self.petitioner), part: Part::Petitioner, relation: words("邻居") };
        let people = visited.people.iter().cloned().chain([also]).collect();
        let entered = Registration {
            people,
            people_count: 2,
            channel,
            assigned,
            handed_in: words("录音"),
            contact_summary: words("第一次来"),
            happened_at: self.app.app.moment(),
            ..visited
        };
        let act = self.by(Role::PetitionOfficer);
        self.app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
    }

    fn complainant(&self) -> PetitionerId {
        let newest = self.app.read(|conn| {
            Ok(matters::table.order(matters::id.desc()).select(matters::id).first::<MatterId>(conn)?)
        });
        petitioner_of(&self.app, newest.unwrap())
    }

    fn matter(&self, id: MatterId) -> Matter {
        crate::support::registrations::reload(&self.app, id)
    }

    fn linked(&self, open: MatterId, merged: MatterId) {
        let entered = links::Entered {
            other: self.ordinary,
            kind: LinkKind::Repeat,
            is_original: true,
            note: words("同一家人"),
        };
        let (act, version) = (self.by(Role::PetitionOfficer), self.matter(open).version);
        self.app.write(move |conn| links::link(conn, &act, open, version, &entered).map(drop)).unwrap();
        let (act, version) = (self.by(Role::PetitionOfficer), self.matter(merged).version);
        let why = words("同一件事");
        self.app.write(move |conn| links::merge(conn, &act, merged, version, open, &why).map(drop)).unwrap();
    }

    async fn worked(&self, id: MatterId) {
        let noted = entries::forms::Noted {
            kind: EntryKind::Talk,
            happened_on: day("2026-11-23"),
            others: words("街道办"),
            place: words("接待室"),
            text: words("谈了两个小时"),
            told: true,
        };
        let act = self.by(Role::Inspector);
        self.app.write(move |conn| entries::actions::note(conn, &act, id, &noted, Vec::new())).unwrap();
        let (act, version, helper) = (self.by(Role::PetitionOfficer), self.matter(id).version, self.third());
        let task = words("调取录像");
        let help =
            move |conn: &mut Conn| joint::actions::ask_help(conn, &act, id, version, (helper, task.as_str()));
        self.app.write(help).unwrap();
        let png =
            [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"[..], &[0; 64]].concat();
        let path = format!("/matters/{id}/attachments");
        let by = self.second(Role::Inspector);
        self.app.upload_as(by, &path, &[], &[("paper", "暗访词照片.png", &png)]).await.is(303);
        self.put_in(self.by(Role::President), id);
    }

    fn supervised(&self, id: MatterId) {
        let (inspector, president) = (self.second(Role::Inspector), self.second(Role::President));
        let notice = Notice {
            manner: Manner::Letter,
            addressee: inspector,
            signer: president,
            referral: String::new(),
            demand: words("尽快查清"),
            spoken: String::new(),
        };
        let act = self.by(Role::PetitionOfficer);
        self.app.write(move |conn| supervision::issue(conn, &act, id, None, &notice)).unwrap();
        let question =
            Asked { leader: president, question: words("是否回避？"), proposal: words("建议回避") };
        let act = self.by(Role::Inspector);
        self.app.write(move |conn| instructions::ask(conn, &act, id, &question)).unwrap();
        let order = Given { text: words("查清楚"), owner: inspector, due_on: day("2026-11-30") };
        let act = self.by(Role::President);
        self.app.write(move |conn| instructions::instruct(conn, &act, id, &order)).unwrap();
    }

    fn reported(&self, id: MatterId) {
        let step = NewStep {
            step: Step::Progress,
            on_day: day("2026-11-23"),
            due_on: None,
            number: String::new(),
            text: words("正在查"),
            signed_by: None,
        };
        let act = self.by(Role::Inspector);
        let report = move |conn: &mut Conn| {
            let owed = assigned::table.filter(assigned::matter_id.eq(id));
            let owed = owed.select((assigned::id, assigned::version)).first(conn)?;
            assignments::step(conn, &act, id, owed, &step).map(drop)
        };
        self.app.write(report).unwrap();
    }

    fn enforced(&self, id: MatterId) {
        let (inspector, president) = (self.second(Role::Inspector), self.second(Role::President));
        let sheet = SheetDraft {
            task: words("退还款项"),
            issuer: president,
            due_on: day("2026-12-31"),
            measures: vec![MeasureDraft {
                text: words("约谈"), owner: inspector, due_on: day("2026-12-04")
            }],
            submission: "secret-sheet".into(),
        };
        let sum = |key: &str| SumDraft {
            amount_fen: 778_899,
            happened_on: day("2026-11-23"),
            manner: Some(PaidBy::Deducted),
            payer: words("某人"),
            note: words("退款"),
            submission: key.into(),
        };
        let said = Said {
            kind: TalkKind::ReportHeard,
            held_on: day("2026-11-23"),
            staff: president,
            party: String::new(),
            said: words("查了账"),
            decided: words("继续查"),
            submission: "secret-talk".into(),
        };
        let (act, owed, paid) = (self.by(Role::President), sum("secret-due"), sum("secret-paid"));
        let all = move |conn: &mut Conn| {
            issue(conn, &act, id, &sheet)?;
            fix_due(conn, &act, id, &owed)?;
            record_payment(conn, &act, id, &paid)?;
            record_talk(conn, &act, id, &said)
        };
        self.app.write(all).unwrap();
    }

    fn delayed(&self, id: MatterId) {
        let act = self.by(Role::Inspector);
        let why = words("要等审计");
        let ask = move |conn: &mut Conn| {
            let histories = deadlines::histories(conn, id.0)?;
            let reply = histories.iter().find(|one| one.clock.code == Code::Reply).unwrap();
            let seen = (reply.clock.id, Seen::of(reply));
            deadlines::actions::ask_extension(conn, &act, seen, 10, &why).map(drop)
        };
        self.app.write(ask).unwrap();
    }

    async fn replied(&self, id: MatterId) {
        let (facts, opinion, receipt) = (words("已经查实"), words("已经处理"), words("收到来访"));
        let fields = [
            ("receipt", receipt.as_str()),
            ("claim", "暗访词：反映办案人员"),
            ("facts", facts.as_str()),
            ("basis", "法官法第四十六条。"),
            ("outcome", "supported"),
            ("opinion", opinion.as_str()),
            ("remedy_text", "您对本答复不服的，请依照法定程序提出。"),
            ("number", "0"),
            ("version", "0"),
            ("remedy", "procedure"),
            ("go", "submit"),
        ];
        let by = self.second(Role::Inspector);
        self.app.post_as(by, &format!("/matters/{id}/draft-reply"), &fields).await.is(303);
    }

    fn filed(&self, id: MatterId) {
        let filing = Filing {
            retention: Retention::TenYears,
            remark: words("密件"),
            items: vec![Item { title: words("举报信"), pages: 3 }],
        };
        let (act, version) = (self.by(Role::PetitionOfficer), self.matter(id).version);
        self.app.write(move |conn| archive(conn, &act, id, (version, None), &filing).map(drop)).unwrap();
    }

    fn reviewed(&self, id: MatterId) {
        let (act, judge, grounds) = (self.by(Role::Inspector), self.app.person(Role::Handler), words("违规"));
        self.app.write(move |conn| accountability::open(conn, &act, id, judge, &grounds).map(drop)).unwrap();
    }

    /// Refers one matter to the third inspector, then hands over everything that the second holds.
    fn handed_over(&self, referred: MatterId) {
        let office = self.app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Inspection);
        let to = Destination {
            division: office.unwrap().1,
            staff: Some(self.third()),
            note: words("请接办"),
            ..Destination::default()
        };
        let (act, version) = (self.by(Role::PetitionOfficer), self.matter(referred).version);
        let sent =
            move |conn: &mut Conn| referrals::actions::refer(conn, &act, referred, version, &to).map(drop);
        self.app.write(sent).unwrap();
        let (act, from, to) = (self.by(Role::President), self.second(Role::Inspector), self.third());
        let moved = move |conn: &mut Conn| {
            let to = Successors { first: Some(to), second: act.by.staff_id };
            let planned = handover::actions::plan(conn, &act, from, &to)?;
            let shown = handover::rules::fingerprint(&planned);
            handover::actions::hand_over(conn, &act, from, (&to, "轮岗"), &shown).map(drop)
        };
        self.app.write(moved).unwrap();
    }
}
