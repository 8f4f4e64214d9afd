package io.rollcall.user.permission;

import java.util.Locale;

/** The sixteen features of the guide's Table 1, in its order. {@link #id} is the name in tokens and in {@code /api/me}. */
public enum Permission {
	MANAGE_USERS("Manage users (i.e., add, edit, or deactivate accounts)"),
	SITE_READINESS_LINKS("Access MCAS Student Kiosk installation links"),
	SITE_READINESS_PASSWORDS("Access passwords for the Site Readiness tool and certify the site"),
	REGISTER_STUDENTS("Upload student registration file, add and edit student information, assign accommodations"),
	TRANSFER_STUDENTS("Request and approve student transfers"),
	MANAGE_CLASSES("Create, edit, and delete classes"),
	VIEW_CLASSES("View existing classes, students, and scheduled tests"),
	SCHEDULE_TESTS("Schedule tests"),
	VIEW_PROCTOR_PASSWORDS("View proctor passwords"),
	UNLOCK_ITEMS("Unlock previously answered items"),
	REACTIVATE_TESTS("Reactivate previously turned-in test"),
	MONITOR_TESTS("Manage and monitor scheduled tests"),
	EXPORT_TEST_STATUS("Export test status"),
	VIEW_TESTING_METRICS("View daily and cumulative testing metrics at a school or district"),
	ORDER_MATERIALS("Track shipments and order additional materials"),
	VIEW_REPORTS("View reports");

	private final String description;

	Permission(String description) {
		this.description = description;
	}

	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	public String description() {
		return description;
	}
}
