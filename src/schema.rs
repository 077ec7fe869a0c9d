//! The tables, as both databases hold them. A test compares this file with each migrated database.

diesel::table! {
    accountability_persons (review_id, staff_id) {
        review_id -> BigInt,
        staff_id -> BigInt,
        finding -> Text,
        measure -> Text,
        notified_at -> Nullable<Timestamp>,
        statement -> Text,
        stated_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    accountability_reviews (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        division_id -> Nullable<BigInt>,
        state -> Text,
        grounds -> Text,
        kind -> Nullable<Text>,
        cause -> Nullable<Text>,
        findings -> Text,
        measure -> Text,
        decided_by -> Text,
        decided_on -> Nullable<Date>,
        opened_by -> BigInt,
        opened_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    accounts (staff_id) {
        staff_id -> BigInt,
        user_name -> Text,
        password_hash -> Text,
        must_change -> Bool,
        password_changed_at -> Timestamp,
        locked -> Bool,
        expires_on -> Nullable<Date>,
        last_sign_in_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    archive_items (id) {
        id -> BigInt,
        archive_id -> BigInt,
        position -> BigInt,
        title -> Text,
        pages -> BigInt,
    }
}

diesel::table! {
    archives (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> Text,
        year -> BigInt,
        seq -> BigInt,
        retention -> Text,
        remark -> Text,
        archived_by -> BigInt,
        archived_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    askings (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        kind -> Text,
        month -> Text,
        clock_id -> BigInt,
        due_on -> Date,
        state -> Text,
        score -> Nullable<Text>,
        manner -> Nullable<Text>,
        note -> Text,
        asked_by -> Nullable<BigInt>,
        asked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    assessments (id) {
        id -> BigInt,
        court_id -> BigInt,
        division_id -> BigInt,
        case_number -> Text,
        cause -> Text,
        step -> Text,
        questionnaire_id -> BigInt,
        answers -> Text,
        points -> BigInt,
        threshold -> BigInt,
        measures -> Text,
        note -> Text,
        state -> Text,
        assessed_by -> BigInt,
        assessed_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
        sign_id -> Nullable<BigInt>,
        submission -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    assignment_events (id) {
        id -> BigInt,
        court_id -> BigInt,
        assignment_id -> BigInt,
        kind -> Text,
        on_day -> Date,
        due_on -> Nullable<Date>,
        number -> Text,
        text -> Text,
        signed_by -> Nullable<BigInt>,
        signed_name -> Nullable<Text>,
        by_id -> BigInt,
        by_name -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    assignments (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        contact_id -> Nullable<BigInt>,
        sender_kind -> Text,
        sender -> Text,
        number -> Text,
        dated_on -> Nullable<Date>,
        received_on -> Date,
        demand -> Text,
        objection_until -> Nullable<Date>,
        clock_id -> BigInt,
        state -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    attachments (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        contact_id -> Nullable<BigInt>,
        name -> Text,
        kind -> Text,
        size_bytes -> BigInt,
        hash -> Text,
        key_id -> Text,
        uploaded_by -> Nullable<BigInt>,
        uploaded_at -> Timestamp,
    }
}

diesel::table! {
    audit_entries (seq) {
        seq -> BigInt,
        at -> Timestamp,
        court_id -> Nullable<BigInt>,
        actor_id -> Nullable<BigInt>,
        actor_name -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<BigInt>,
        digests -> Text,
        prev -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_values (seq, field) {
        seq -> BigInt,
        field -> Text,
        value -> Nullable<Text>,
    }
}

diesel::table! {
    calendar_days (day) {
        day -> Date,
        kind -> Text,
        name -> Text,
    }
}

diesel::table! {
    calendar_stamps (id) {
        id -> BigInt,
        stamp -> BigInt,
    }
}

diesel::table! {
    calendar_years (year) {
        year -> BigInt,
        status -> Text,
        source -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    call_back_draws (court_id, month) {
        court_id -> BigInt,
        month -> Text,
        seed -> Text,
        closed -> BigInt,
        drawn -> BigInt,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    campaign_matters (id) {
        id -> BigInt,
        campaign_id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        put_in_by -> BigInt,
        put_in_at -> Timestamp,
        taken_out_by -> Nullable<BigInt>,
        taken_out_at -> Nullable<Timestamp>,
        reason -> Text,
    }
}

diesel::table! {
    campaigns (id) {
        id -> BigInt,
        court_id -> BigInt,
        name -> Text,
        goal -> Text,
        starts_on -> Date,
        ends_on -> Date,
        responsible_id -> BigInt,
        created_by -> BigInt,
        created_at -> Timestamp,
        summary -> Text,
        closed_by -> Nullable<BigInt>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    categories (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        code -> Text,
        parent_code -> Nullable<Text>,
        name -> Text,
        conduct -> Bool,
        position -> BigInt,
        active -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    clock_events (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        clock_id -> BigInt,
        kind -> Text,
        on_day -> Date,
        other_day -> Nullable<Date>,
        days -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        note -> Text,
        due_before -> Date,
        due_after -> Date,
        at -> Timestamp,
        by_id -> Nullable<BigInt>,
        by_name -> Text,
        allowed_by -> Text,
        request_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    clocks (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        rule_id -> BigInt,
        code -> Text,
        starts_on -> Date,
        raw_due_on -> Date,
        due_on -> Date,
        provisional -> Bool,
        met_on -> Nullable<Date>,
        cancelled -> Bool,
    }
}

diesel::table! {
    contact_petitioners (contact_id, petitioner_id) {
        contact_id -> BigInt,
        petitioner_id -> BigInt,
        part -> Text,
    }
}

diesel::table! {
    contacts (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        nth -> BigInt,
        channel -> Text,
        happened_at -> Timestamp,
        registered_at -> Timestamp,
        people_count -> BigInt,
        petitioner_line -> Text,
        summary -> Text,
        handed_in -> Text,
        received_by -> BigInt,
        outside_number -> Nullable<Text>,
        interval_days -> Nullable<BigInt>,
        submission_key -> Text,
    }
}

diesel::table! {
    counters (court_id, series, year) {
        court_id -> BigInt,
        series -> Text,
        year -> BigInt,
        last -> BigInt,
    }
}

diesel::table! {
    courts (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        short_name -> Text,
        level -> Text,
        parent_id -> Nullable<BigInt>,
        address -> Text,
        window_name -> Text,
        telephone -> Text,
        number_pattern -> Text,
        tier_preset -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    deadline_rules (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        code -> Text,
        name -> Text,
        basis -> Text,
        trigger_event -> Text,
        amount -> BigInt,
        unit -> Text,
        roll -> Bool,
        max_extension_days -> Nullable<BigInt>,
        extension_by -> Nullable<Text>,
        paper -> Nullable<Text>,
        effective_from -> Date,
        effective_to -> Nullable<Date>,
        status -> Text,
        note -> Text,
        in_use -> Bool,
        version -> BigInt,
        extension_told -> Bool,
    }
}

diesel::table! {
    divisions (id) {
        id -> BigInt,
        court_id -> BigInt,
        name -> Text,
        kind -> Text,
        telephone -> Text,
        position -> BigInt,
        active -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    draft_files (id) {
        id -> BigInt,
        draft_id -> BigInt,
        name -> Text,
        kind -> Text,
        size_bytes -> BigInt,
        hash -> Text,
        key_id -> Text,
        kept_at -> Timestamp,
    }
}

diesel::table! {
    drafts (id) {
        id -> BigInt,
        staff_id -> BigInt,
        kind -> Text,
        title -> Text,
        sealed -> Text,
        created_at -> Timestamp,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    enforcement_matters (matter_id) {
        matter_id -> BigInt,
        court_id -> BigInt,
        due_fen -> Nullable<BigInt>,
        paid_fen -> BigInt,
        outstanding_fen -> BigInt,
        next_due_on -> Nullable<Date>,
        open_measures -> BigInt,
        since -> Timestamp,
    }
}

diesel::table! {
    enforcement_measures (id) {
        id -> BigInt,
        sheet_id -> BigInt,
        matter_id -> BigInt,
        position -> BigInt,
        text -> Text,
        owner_id -> BigInt,
        due_on -> Date,
        added_by -> BigInt,
        added_at -> Timestamp,
        done_on -> Nullable<Date>,
        version -> BigInt,
        submission -> Text,
    }
}

diesel::table! {
    enforcement_postings (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        kind -> Text,
        amount_fen -> BigInt,
        happened_on -> Date,
        manner -> Nullable<Text>,
        payer -> Text,
        note -> Text,
        reverses_id -> Nullable<BigInt>,
        by_id -> BigInt,
        at -> Timestamp,
        submission -> Text,
        replaces_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    enforcement_results (id) {
        id -> BigInt,
        measure_id -> BigInt,
        text -> Text,
        done_on -> Date,
        by_id -> BigInt,
        at -> Timestamp,
        corrects_id -> Nullable<BigInt>,
        outcome -> Text,
    }
}

diesel::table! {
    enforcement_talks (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        kind -> Text,
        held_on -> Date,
        staff_id -> BigInt,
        party -> Text,
        said -> Text,
        decided -> Text,
        by_id -> BigInt,
        at -> Timestamp,
        corrects_id -> Nullable<BigInt>,
        submission -> Text,
    }
}

diesel::table! {
    escalation_rules (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        preset -> Nullable<Text>,
        cause -> Text,
        basis -> Text,
        tier -> BigInt,
        threshold -> BigInt,
        grace_days -> BigInt,
        told -> Text,
        in_use -> Bool,
        note -> Text,
        effective_from -> Date,
        effective_to -> Nullable<Date>,
        version -> BigInt,
    }
}

diesel::table! {
    escalation_told (id) {
        id -> BigInt,
        escalation_id -> BigInt,
        staff_id -> BigInt,
        mail_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    escalations (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        from_tier -> Nullable<BigInt>,
        tier -> Nullable<BigInt>,
        cause -> Text,
        cause_key -> Text,
        rule_id -> Nullable<BigInt>,
        rule_words -> Text,
        facts -> Text,
        at -> Timestamp,
        by_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    extension_requests (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        clock_id -> BigInt,
        days -> BigInt,
        reason -> Text,
        state -> Text,
        asked_by -> BigInt,
        asked_by_name -> Text,
        asked_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        decided_by_name -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_note -> Text,
        version -> BigInt,
        approver_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    guidance_reasons (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        code -> Text,
        name -> Text,
        channel -> Text,
        legal_source -> Text,
        active -> Bool,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    handover_items (id) {
        id -> BigInt,
        handover_id -> BigInt,
        matter_id -> BigInt,
        holding -> Text,
        to_id -> BigInt,
    }
}

diesel::table! {
    handovers (id) {
        id -> BigInt,
        court_id -> BigInt,
        from_id -> BigInt,
        by_id -> BigInt,
        at -> Timestamp,
        reason -> Text,
    }
}

diesel::table! {
    hands (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        part -> Text,
        division_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        note -> Text,
        since -> Date,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    heard_at (id) {
        id -> BigInt,
        matter_id -> BigInt,
        contact_id -> Nullable<BigInt>,
        level -> Text,
        body -> Text,
        manner -> Text,
        heard_on -> Nullable<Date>,
        source -> Text,
        refuted -> Bool,
    }
}

diesel::table! {
    import_batches (id) {
        id -> BigInt,
        import_id -> BigInt,
        position -> BigInt,
        sealed -> Text,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        court_id -> BigInt,
        staff_id -> BigInt,
        name -> Text,
        policy -> Text,
        state -> Text,
        rows_total -> BigInt,
        rows_bad -> BigInt,
        made -> BigInt,
        known -> BigInt,
        report -> Nullable<Text>,
        message -> Text,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    instructions (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> Text,
        year -> BigInt,
        seq -> BigInt,
        state -> Text,
        leader_id -> BigInt,
        asked_by -> Nullable<BigInt>,
        asked_at -> Nullable<Timestamp>,
        question -> Text,
        proposal -> Text,
        text -> Text,
        owner_id -> Nullable<BigInt>,
        due_on -> Nullable<Date>,
        given_at -> Nullable<Timestamp>,
        evidence -> Text,
        done_at -> Nullable<Timestamp>,
        confirmed_by -> Nullable<BigInt>,
        confirmed_at -> Nullable<Timestamp>,
        remark -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    job_runs (job, period) {
        job -> Text,
        period -> Text,
        due_at -> Timestamp,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        outcome -> Text,
        attempts -> Integer,
        holder -> Text,
        message -> Text,
    }
}

diesel::table! {
    job_state (job) {
        job -> Text,
        last_run -> Nullable<Timestamp>,
        cursor -> Text,
    }
}

diesel::table! {
    leader_acts (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        charge_id -> BigInt,
        leader_id -> BigInt,
        act -> Text,
        done_on -> Date,
        record -> Text,
        by_id -> BigInt,
        at -> Timestamp,
        submission -> Text,
    }
}

diesel::table! {
    leader_charges (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        tier -> BigInt,
        leader_id -> BigInt,
        responsible_id -> BigInt,
        due_on -> Date,
        named_by -> Nullable<BigInt>,
        named_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    mail_channel (id) {
        id -> BigInt,
        state -> Text,
        since -> Timestamp,
        failures -> Integer,
        retry_at -> Nullable<Timestamp>,
        last_reply -> Nullable<Text>,
        last_sent_at -> Nullable<Timestamp>,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    matter_bars (matter_id, staff_id) {
        matter_id -> BigInt,
        staff_id -> BigInt,
    }
}

diesel::table! {
    matter_cases (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> Text,
        verified -> Bool,
        reason -> Nullable<Text>,
        position -> BigInt,
    }
}

diesel::table! {
    matter_links (id) {
        id -> BigInt,
        court_id -> BigInt,
        later_id -> BigInt,
        kind -> Text,
        original_id -> BigInt,
        note -> Text,
        made_at -> Timestamp,
        made_by -> BigInt,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    matter_merges (id) {
        id -> BigInt,
        court_id -> BigInt,
        merged_id -> BigInt,
        survivor_id -> BigInt,
        reason -> Text,
        stage_before -> Text,
        reply_id -> BigInt,
        merged_at -> Timestamp,
        merged_by -> BigInt,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    matter_petitioners (matter_id, petitioner_id) {
        matter_id -> BigInt,
        petitioner_id -> BigInt,
        part -> Text,
        relation -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    matters (id) {
        id -> BigInt,
        court_id -> BigInt,
        kind -> Text,
        number -> Text,
        year -> BigInt,
        seq -> BigInt,
        petitioner_line -> Text,
        anonymous -> Bool,
        category_code -> Text,
        case_stage -> Text,
        claim -> Text,
        summary -> Text,
        conduct -> Bool,
        division_id -> Nullable<BigInt>,
        stage -> Text,
        close_reason -> Nullable<Text>,
        track -> Nullable<Text>,
        tier -> Nullable<BigInt>,
        first_receiver_id -> BigInt,
        accountable_id -> BigInt,
        supervising_leader_id -> Nullable<BigInt>,
        received_at -> Timestamp,
        registered_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        next_due_on -> Nullable<Date>,
        next_clock_id -> Nullable<BigInt>,
        contact_count -> BigInt,
        last_contact_at -> Timestamp,
        people_count -> BigInt,
        query_code -> Text,
        version -> BigInt,
        to_archive_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    merge_bars (matter_id, staff_id) {
        matter_id -> BigInt,
        staff_id -> BigInt,
    }
}

diesel::table! {
    merge_clocks (merge_id, clock_id) {
        merge_id -> BigInt,
        clock_id -> BigInt,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        kind -> Text,
        recipient_id -> Nullable<BigInt>,
        recipient -> Text,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        message_id -> Text,
        dedupe_key -> Nullable<Text>,
        urgent -> Bool,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Nullable<Timestamp>,
        lease_holder -> Nullable<Text>,
        last_reply -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        matter_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    past_passwords (id) {
        id -> BigInt,
        staff_id -> BigInt,
        password_hash -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    petitioner_distinct (id) {
        id -> BigInt,
        court_id -> BigInt,
        one_id -> BigInt,
        other_id -> BigInt,
        reason -> Text,
        said_at -> Timestamp,
        said_by -> Nullable<BigInt>,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    petitioner_keys (petitioner_id, kind, key) {
        petitioner_id -> BigInt,
        kind -> Text,
        key -> Text,
        court_id -> BigInt,
        shown -> Nullable<Text>,
        sealed -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    petitioner_merges (id) {
        id -> BigInt,
        court_id -> BigInt,
        batch_id -> BigInt,
        petitioner_id -> BigInt,
        survivor_id -> BigInt,
        before_id -> Nullable<BigInt>,
        reason -> Text,
        merged_at -> Timestamp,
        merged_by -> Nullable<BigInt>,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    petitioners (id) {
        id -> BigInt,
        court_id -> BigInt,
        kind -> Text,
        name -> Text,
        name_pinyin -> Text,
        name_initials -> Text,
        sex -> Nullable<Text>,
        birth_on -> Nullable<Date>,
        doc_type -> Text,
        doc_status -> Text,
        doc_sealed -> Nullable<Text>,
        doc_masked -> Nullable<Text>,
        doc_reason -> Nullable<Text>,
        phone_sealed -> Nullable<Text>,
        phone_masked -> Nullable<Text>,
        address_sealed -> Nullable<Text>,
        address_masked -> Nullable<Text>,
        care_flags -> Text,
        confidential -> Bool,
        merged_into -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        created_by -> Nullable<BigInt>,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    portfolios (id) {
        id -> BigInt,
        court_id -> BigInt,
        staff_id -> BigInt,
        division_id -> Nullable<BigInt>,
        petitions -> Bool,
        from_on -> Date,
        to_on -> Nullable<Date>,
    }
}

diesel::table! {
    proposals (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        kind -> Text,
        target -> Text,
        content -> Text,
        reason -> Text,
        state -> Text,
        proposed_by -> BigInt,
        proposed_by_name -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        decided_by_name -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_note -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    questionnaires (id) {
        id -> BigInt,
        court_id -> Nullable<BigInt>,
        edition -> BigInt,
        threshold -> BigInt,
        content -> Text,
        effective_from -> Date,
        effective_to -> Nullable<Date>,
        version -> BigInt,
    }
}

diesel::table! {
    referral_batch_items (id) {
        id -> BigInt,
        batch_id -> BigInt,
        matter_id -> BigInt,
        referred -> Bool,
        why_not -> Text,
    }
}

diesel::table! {
    referral_batches (id) {
        id -> BigInt,
        court_id -> BigInt,
        staff_id -> BigInt,
        submission_key -> Text,
        division_id -> BigInt,
        to_id -> Nullable<BigInt>,
        note -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    referrals (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> BigInt,
        division_id -> BigInt,
        staff_id -> Nullable<BigInt>,
        sender_id -> BigInt,
        note -> Text,
        sent_at -> Timestamp,
        due_on -> Date,
        state -> Text,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
        answer -> Text,
        alarmed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    replies (id) {
        id -> BigInt,
        matter_id -> BigInt,
        manner -> Text,
        text -> Text,
        by_id -> BigInt,
        given_at -> Timestamp,
    }
}

diesel::table! {
    reply_drafts (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> BigInt,
        state -> Text,
        receipt -> Text,
        remedy -> Text,
        remedy_text -> Text,
        drafter_id -> BigInt,
        drafted_at -> Timestamp,
        submitted_by -> Nullable<BigInt>,
        submitted_at -> Nullable<Timestamp>,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        reason -> Text,
        manner -> Nullable<Text>,
        tracking -> Text,
        recipient -> Text,
        proof -> Text,
        served_by -> Nullable<BigInt>,
        served_on -> Nullable<Date>,
        received_on -> Nullable<Date>,
        version -> BigInt,
        approver_id -> Nullable<BigInt>,
        holder_id -> Nullable<BigInt>,
        base_version -> BigInt,
    }
}

diesel::table! {
    reply_items (id) {
        id -> BigInt,
        draft_id -> BigInt,
        position -> BigInt,
        claim -> Text,
        facts -> Text,
        basis -> Text,
        outcome -> Nullable<Text>,
        opinion -> Text,
    }
}

diesel::table! {
    reply_writers (draft_id, staff_id) {
        draft_id -> BigInt,
        staff_id -> BigInt,
    }
}

diesel::table! {
    review_requests (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        kind -> Text,
        state -> Text,
        requested_on -> Date,
        grounds -> Text,
        above -> Text,
        above_court_id -> Nullable<BigInt>,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
        handed_over_by -> Nullable<BigInt>,
        handed_over_on -> Nullable<Date>,
        hand_over_note -> Text,
        outcome -> Nullable<Text>,
        opinion -> Text,
        decided_on -> Nullable<Date>,
        version -> BigInt,
        draft_id -> Nullable<BigInt>,
        above_matter_id -> Nullable<BigInt>,
        received_on -> Date,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> BigInt,
        staff_id -> BigInt,
        register -> Text,
        name -> Text,
        query -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        staff_id -> BigInt,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        address -> Text,
        agent -> Text,
        large_type -> Bool,
    }
}

diesel::table! {
    staff (id) {
        id -> BigInt,
        court_id -> BigInt,
        division_id -> Nullable<BigInt>,
        name -> Text,
        post -> Text,
        rank -> BigInt,
        mail -> Nullable<Text>,
        mail_confirmed_at -> Nullable<Timestamp>,
        telephone -> Nullable<Text>,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    staff_roles (staff_id, role) {
        staff_id -> BigInt,
        role -> Text,
    }
}

diesel::table! {
    supervisions (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        series -> BigInt,
        round -> Text,
        manner -> Text,
        number -> Text,
        year -> BigInt,
        seq -> BigInt,
        referral -> Text,
        demand -> Text,
        spoken -> Text,
        late_days -> BigInt,
        addressee_id -> BigInt,
        signed_by -> BigInt,
        reported_to -> Nullable<BigInt>,
        issued_by -> Nullable<BigInt>,
        issued_at -> Timestamp,
        clock_id -> BigInt,
        due_on -> Date,
        state -> Text,
        answer -> Text,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    sweep_answers (id) {
        id -> BigInt,
        row_id -> BigInt,
        answer -> Text,
        note -> Text,
        sign_id -> Nullable<BigInt>,
        answered_by -> BigInt,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    sweep_closings (row_id) {
        row_id -> BigInt,
        pronounced -> Text,
        served_in_person -> Text,
        explained -> Text,
        views_heard -> Text,
        mediated -> Text,
        note -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    sweep_import_batches (id) {
        id -> BigInt,
        import_id -> BigInt,
        position -> BigInt,
        sealed -> Text,
    }
}

diesel::table! {
    sweep_imports (id) {
        id -> BigInt,
        court_id -> BigInt,
        sweep_id -> BigInt,
        staff_id -> BigInt,
        name -> Text,
        digest -> Text,
        state -> Text,
        rows_total -> BigInt,
        rows_bad -> BigInt,
        made -> BigInt,
        merged -> BigInt,
        known -> BigInt,
        report -> Nullable<Text>,
        message -> Text,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sweep_rows (id) {
        id -> BigInt,
        court_id -> BigInt,
        sweep_id -> BigInt,
        case_number -> Text,
        kind -> Text,
        cause -> Text,
        parties -> Text,
        judge -> Text,
        happened_on -> Nullable<Date>,
        carried_from -> Nullable<BigInt>,
        answer -> Nullable<Text>,
        note -> Text,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
        sign_id -> Nullable<BigInt>,
        added_by -> Nullable<BigInt>,
        added_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    sweep_visits (id) {
        id -> BigInt,
        row_id -> BigInt,
        visited_on -> Date,
        who -> Text,
        found -> Text,
        submission -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    sweeps (id) {
        id -> BigInt,
        court_id -> BigInt,
        division_id -> BigInt,
        kind -> Text,
        name -> Text,
        from_on -> Date,
        to_on -> Date,
        due_on -> Date,
        opened_by -> Nullable<BigInt>,
        opened_at -> Timestamp,
        state -> Text,
        finished_by -> Nullable<BigInt>,
        finished_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    task_sheets (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        number -> Text,
        year -> BigInt,
        seq -> BigInt,
        task -> Text,
        issued_by -> BigInt,
        entered_by -> BigInt,
        issued_at -> Timestamp,
        due_on -> Date,
        submission -> Text,
    }
}

diesel::table! {
    throttles (key) {
        key -> Text,
        failures -> BigInt,
        since_at -> Timestamp,
        locked_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    tier_forms (submission) {
        submission -> Text,
        matter_id -> BigInt,
    }
}

diesel::table! {
    tier_holds (id) {
        id -> BigInt,
        matter_id -> BigInt,
        escalation_id -> BigInt,
        until_on -> Date,
        reason -> Text,
        by_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    tier_measures (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        text -> Text,
        owner_id -> BigInt,
        due_on -> Date,
        state -> Text,
        result -> Text,
        done_on -> Nullable<Date>,
        added_by -> BigInt,
        added_at -> Timestamp,
        version -> BigInt,
        submission -> Text,
    }
}

diesel::table! {
    tier_plans (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        tier -> BigInt,
        number -> BigInt,
        crux -> Text,
        approach -> Text,
        division_of_work -> Text,
        by_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    tier_reports (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        tier -> BigInt,
        number -> BigInt,
        case_facts -> Text,
        course -> Text,
        obstacles -> Text,
        opinion -> Text,
        by_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    timeline (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        kind -> Text,
        at -> Timestamp,
        staff_id -> Nullable<BigInt>,
        staff_name -> Text,
        text -> Text,
        contact_id -> Nullable<BigInt>,
        corrects_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    week_leaders (id) {
        id -> BigInt,
        court_id -> BigInt,
        staff_id -> BigInt,
        from_on -> Date,
        to_on -> Date,
    }
}

diesel::table! {
    work_group_meetings (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        group_id -> BigInt,
        held_on -> Date,
        present -> Text,
        record -> Text,
        by_id -> BigInt,
        at -> Timestamp,
        submission -> Text,
    }
}

diesel::table! {
    work_group_members (id) {
        id -> BigInt,
        group_id -> BigInt,
        matter_id -> BigInt,
        role -> Text,
        seat -> Text,
        staff_id -> BigInt,
        standin -> Text,
        reason -> Text,
        since -> Date,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    work_groups (id) {
        id -> BigInt,
        court_id -> BigInt,
        matter_id -> BigInt,
        tier -> BigInt,
        escalation_id -> BigInt,
        proposed_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        confirmed_by -> Nullable<BigInt>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::joinable!(accountability_persons -> accountability_reviews (review_id));
diesel::joinable!(accountability_reviews -> matters (matter_id));
diesel::joinable!(contacts -> matters (matter_id));
diesel::joinable!(heard_at -> matters (matter_id));
diesel::joinable!(matter_petitioners -> matters (matter_id));
diesel::joinable!(instructions -> matters (matter_id));
diesel::joinable!(supervisions -> matters (matter_id));
diesel::joinable!(askings -> matters (matter_id));
diesel::joinable!(assignments -> matters (matter_id));
diesel::joinable!(assignments -> clocks (clock_id));
diesel::joinable!(campaign_matters -> matters (matter_id));
diesel::joinable!(enforcement_matters -> matters (matter_id));
diesel::joinable!(escalations -> matters (matter_id));
diesel::joinable!(leader_charges -> matters (matter_id));
diesel::joinable!(work_groups -> matters (matter_id));
diesel::joinable!(tier_measures -> matters (matter_id));
diesel::joinable!(sweep_rows -> sweeps (sweep_id));
diesel::joinable!(sweep_imports -> sweeps (sweep_id));
diesel::joinable!(accounts -> staff (staff_id));
diesel::joinable!(staff -> courts (court_id));
diesel::joinable!(staff -> divisions (division_id));
diesel::joinable!(staff_roles -> staff (staff_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    courts,
    divisions,
    portfolios,
    sessions,
    staff,
    staff_roles
);
diesel::allow_tables_to_appear_in_same_query!(audit_entries, audit_values);
diesel::allow_tables_to_appear_in_same_query!(
    accountability_persons,
    accountability_reviews,
    archives,
    askings,
    assessments,
    assignment_events,
    assignments,
    campaign_matters,
    campaigns,
    categories,
    clocks,
    contact_petitioners,
    contacts,
    counters,
    drafts,
    enforcement_matters,
    enforcement_measures,
    enforcement_postings,
    enforcement_results,
    enforcement_talks,
    escalation_told,
    escalations,
    extension_requests,
    guidance_reasons,
    hands,
    heard_at,
    instructions,
    leader_acts,
    leader_charges,
    matter_bars,
    matter_cases,
    matter_links,
    matter_merges,
    matter_petitioners,
    matters,
    merge_bars,
    merge_clocks,
    petitioner_distinct,
    petitioner_keys,
    petitioner_merges,
    petitioners,
    referrals,
    replies,
    reply_drafts,
    reply_items,
    reply_writers,
    review_requests,
    supervisions,
    sweep_answers,
    sweep_closings,
    sweep_imports,
    sweep_rows,
    sweep_visits,
    sweeps,
    task_sheets,
    tier_forms,
    tier_holds,
    tier_measures,
    tier_plans,
    tier_reports,
    timeline,
    work_group_meetings,
    work_group_members,
    work_groups
);
