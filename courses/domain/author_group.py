"""What the group of authors may do in the back office: courses below the catalogue, and their files. Nothing else."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from courses.models import CourseIndexPage
from people.api import AUTHORS_GROUP

COLLECTION = "Cursussen"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
COLLECTION_PERMISSIONS = (
    ("wagtailimages", "image"),
    ("wagtaildocs", "document"),
)


def ensure_author_rights(index: CourseIndexPage) -> Group:
    """Give the authors' group what it needs to write courses. Twice is once."""
    group, _ = Group.objects.get_or_create(name=AUTHORS_GROUP)
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    for permission in Permission.objects.filter(
        codename__in=PAGE_PERMISSIONS, content_type__app_label="wagtailcore"
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=index.page_ptr, permission=permission)
    collection = _collection()
    for app, model in COLLECTION_PERMISSIONS:
        for verb in ("add", "change", "choose"):
            permission = Permission.objects.get(codename=f"{verb}_{model}", content_type__app_label=app)
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    return group


def _collection() -> Collection:
    """The collection of images and documents of courses."""
    found = Collection.objects.filter(name=COLLECTION).first()
    if found is not None:
        return found
    root = Collection.get_first_root_node()
    return root.add_child(name=COLLECTION)
